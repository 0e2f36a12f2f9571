import assert from "node:assert/strict";
import { covers, liesIn, networkOf } from "../../components/shared/cidr";

describe("networks in CIDR notation", () => {
  it("are what an address with a prefix length lies in", () => {
    const networks = {
      "10.1.2.3/8": "10.0.0.0/8",
      "10.1.2.3/16": "10.1.0.0/16",
      "10.1.2.3/32": "10.1.2.3/32",
      "172.31.255.255/12": "172.16.0.0/12",
      "192.168.1.129/25": "192.168.1.128/25",
      "255.255.255.255/1": "128.0.0.0/1",
      "255.255.255.255/0": "0.0.0.0/0",
      "255.255.255.255/31": "255.255.255.254/31",
      "::/0": "::/0",
      "2001:db8::1/32": "2001:db8::/32",
      "2001:DB8:0:0:1::/128": "2001:db8:0:0:1::/128",
      "2001:db8:ffff::/33": "2001:db8:8000::/33",
      "::ffff:192.0.2.1/127": "::ffff:c000:200/127",
    };
    for (const [cidr, network] of Object.entries(networks)) assert.equal(networkOf(cidr), network);
  });

  it("are not what is written otherwise", () => {
    const others = ["", "/", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08"];
    const more = [
      "10.0.0/8",
      "10.0.0.256/8",
      "::/129",
      "::1%lo/64",
      "10.0.0.0/8/8",
      " 10.0.0.0/8",
      "10.0.0.0/8.0",
    ];
    for (const cidr of [...others, ...more]) assert.equal(networkOf(cidr), undefined, cidr);
  });

  it("hold the addresses from their first to their last", () => {
    const networks = ["10.0.0.0/8", "172.16.0.0/12"];
    for (const inside of ["10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255"]) {
      assert.ok(liesIn(inside, networks), inside);
    }
    for (const outside of ["9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0"]) {
      assert.ok(!liesIn(outside, networks), outside);
    }
    assert.ok(!liesIn("10.0.0.1", []));
  });

  it("cover what is no larger and lies in them", () => {
    for (const inside of ["10.0.0.0/20", "10.0.15.0/24", "10.0.1.2/32"]) {
      assert.ok(covers("10.0.0.0/20", inside), inside);
    }
    for (const outside of ["10.0.0.0/19", "10.0.16.0/24", "10.1.0.1/32"]) {
      assert.ok(!covers("10.0.0.0/20", outside), outside);
    }
  });
});
