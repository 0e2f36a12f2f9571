import assert from "node:assert/strict";
import {
  balancerNaming,
  permissionNaming,
  securityGroupNaming,
} from "../../components/plan/naming";

describe("the names in AWS", () => {
  /** What AWS takes for a load balancer or target group, after the provider has added 26 digits. */
  const LEGAL_PREFIX = /^(?!-)[A-Za-z0-9-]{1,6}$/;

  it("are Pulumi's own where the logical name fits", () => {
    for (const name of ["web-alb", "a".repeat(24), "0-1", "Internal-web-alb", "sg-web-alb"]) {
      assert.deepEqual(balancerNaming(name), {}, name);
    }
  });

  it("begin with what is legal of the logical name where it does not fit", () => {
    const prefixes = {
      ["a".repeat(25)]: "aaaaa-",
      "internal-web-alb": "inter-",
      "my_shop-alb": "my-sh-",
      "a.b-alb": "a-b-a-",
      "ab---very-long-name-for-a-group": "ab-ve-",
      "abcd-very-long-name-for-a-group": "abcd-",
      "-web-alb": "web-a-",
      "größe-alb": "gro-e-",
      "São Paulo-alb": "Sao-P-",
      "日本-alb": "alb-",
      日本: "lbg-",
      "": "lbg-",
    };
    for (const [name, namePrefix] of Object.entries(prefixes)) {
      assert.deepEqual(balancerNaming(name), { namePrefix }, name);
      assert.match(namePrefix, LEGAL_PREFIX);
    }
  });

  it("have their random rest within AWS's 32 characters", () => {
    const digitsOfPulumi = "-1234567".length;
    assert.equal("a".repeat(24).length + digitsOfPulumi, 32);
    assert.notDeepEqual(balancerNaming("a".repeat(25)), {});
  });

  it("of permissions are Pulumi's own, or begin with what is legal", () => {
    for (const name of ["web-permission-api", "my_shop-permission-a", "a".repeat(92)]) {
      assert.deepEqual(permissionNaming(name), {}, name);
    }
    const prefixes = {
      "web-permission-orders.v2": "web-permission-orders-v2-",
      "web-permission-two words": "web-permission-two-words-",
      ["a".repeat(93)]: `${"a".repeat(73)}-`,
    };
    for (const [name, statementIdPrefix] of Object.entries(prefixes)) {
      assert.deepEqual(permissionNaming(name), { statementIdPrefix }, name);
    }
  });

  it("of security groups may be longer, and of more characters", () => {
    for (const name of ["web-sg", "my_shop.v2 (blue)-sg", "internal-sg", "a".repeat(247)]) {
      assert.deepEqual(securityGroupNaming(name), {}, name);
    }
    assert.deepEqual(securityGroupNaming("a".repeat(248)), { namePrefix: `${"a".repeat(99)}-` });
  });

  it("of security groups never begin as their ids do", () => {
    const prefixes = {
      "sg-web-sg": "web-sg-",
      "日本-sg": "lbg-",
      "é|sg-sg-x": "e-sg-sg-x-",
      "|sg-web-sg": "web-sg-",
      "sg-sg-sg": "lbg-",
    };
    for (const [name, namePrefix] of Object.entries(prefixes)) {
      assert.deepEqual(securityGroupNaming(name), { namePrefix }, name);
    }
  });
});
