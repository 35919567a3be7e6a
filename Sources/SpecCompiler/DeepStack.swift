#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Runs the compiler on a thread with a stack for schemas that are nested a thousand levels deep.
enum DeepStack {
    private static let bytes = 1 << 29

    private final class Work {
        let run: () -> Void

        init(_ run: @escaping () -> Void) {
            self.run = run
        }
    }

    static func run<Value>(_ work: () -> Value) -> Value {
        withoutActuallyEscaping(work) { escapable in
            var value: Value?
            let work = Work { value = escapable() }
            if !start(work) { work.run() }
            guard let value else { preconditionFailure("the thread has run the work") }
            return value
        }
    }

    /// Runs the work on its own thread; false if there is none.
    private static func start(_ work: Work) -> Bool {
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0, pthread_attr_setstacksize(&attributes, bytes) == 0 else {
            return false
        }
        defer { pthread_attr_destroy(&attributes) }
        let context = Unmanaged.passUnretained(work).toOpaque()
        #if canImport(Darwin)
            var thread: pthread_t?
            let isStarted = pthread_create(&thread, &attributes, { DeepStack.enter($0) }, context) == 0
            if isStarted, let thread { pthread_join(thread, nil) }
        #else
            var thread = pthread_t()
            let isStarted = pthread_create(&thread, &attributes, { DeepStack.enter($0!) }, context) == 0
            if isStarted { pthread_join(thread, nil) }
        #endif
        return isStarted
    }

    private static func enter(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<Work>.fromOpaque(context).takeUnretainedValue().run()
        return nil
    }
}
