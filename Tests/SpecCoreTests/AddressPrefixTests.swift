import SpecCore
import Testing

/// Networks of client addresses, as the keys of limits.
@Suite struct AddressPrefixTests {
    @Test(arguments: [
        ("192.0.2.7", "192.0.2.0/24"), ("192.0.2.255", "192.0.2.0/24"), ("192.0.3.7", "192.0.3.0/24"),
        ("::ffff:192.0.2.7", "192.0.2.0/24"), ("::ffff:192.0.3.7", "192.0.3.0/24"),
        ("2001:db8:1:ffaa:1:2:3:4", "2001:db8:1:ff00::/56"), ("2001:db8:1:ffbb::", "2001:db8:1:ff00::/56"),
        ("2001:db8:1:feaa::1", "2001:db8:1:fe00::/56"), ("2001:db8::1", "2001:db8:0:0::/56"), ("::1", "0:0:0:0::/56"),
        ("fe80::1%eth0", "fe80:0:0:0::/56"), ("1:2:3:4:5:6:7:8", "1:2:3:0::/56"), ("1::8", "1:0:0:0::/56"),
    ])
    func namesTheNetworkOfAnAddress(address: String, prefix: String) {
        #expect(AddressPrefix.of(address) == prefix)
    }
}
