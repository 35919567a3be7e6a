import SpecCore
import Testing

/// Tests of the networks of client addresses.
@Suite struct AddressNetworkTests {
    private static let networks: [(address: String, network: String, prefix: String)] = [
        ("192.0.2.7", "192.0.2.7", "192.0.2.0/24"),
        ("::ffff:192.0.2.7", "192.0.2.7", "192.0.2.0/24"),
        ("2001:db8:1:ff23:4:5:6:7", "2001:db8:1:ff23::/64", "2001:db8:1:ff00::/56"),
        ("2001:db8:1:ff23::1", "2001:db8:1:ff23::/64", "2001:db8:1:ff00::/56"),
        ("2001:db8::1", "2001:db8:0:0::/64", "2001:db8:0:0::/56"),
        ("fe80::1%eth0", "fe80:0:0:0::/64", "fe80:0:0:0::/56"),
        ("::1", "0:0:0:0::/64", "0:0:0:0::/56"),
    ]

    @Test func haveOneNetworkForAllAddressesOfAClient() {
        for (address, network, prefix) in Self.networks {
            #expect(AddressPrefix.network(of: address) == network)
            #expect(AddressPrefix.of(address) == prefix)
        }
    }
}
