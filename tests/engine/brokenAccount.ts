import { type Account, instance, sampleAccount } from "../../emulator";

export const STOPPED = "i-00000000000005709";
export const ELSEWHERE = "i-000000000000e15e0";
export const FOREIGN = "i-000000000000f04e1";
export const MISSING = "i-00000000000001055";
export const OTHER_VPC = "vpc-000000000000007e4";
export const FOREIGN_GROUP = "sg-000000000000f04e1";
export const SMALL = "subnet-0000000000005a11";
export const CROWDED = "subnet-00000000000c0ded";
export const EXPIRED = "arn:aws:iam::123456789012:server-certificate/old";

/** The sample account, with servers that can't be used and a VPC without default subnets. */
export function brokenAccount(): Account {
  const account = sampleAccount();
  const [inA, inB, inC, inD] = account.subnets;
  account.vpcs.push({ vpcId: OTHER_VPC, cidrBlock: "10.0.0.0/16", isDefault: false });
  const other = { ...inA, vpcId: OTHER_VPC, defaultForAz: false };
  const foreign = { ...other, subnetId: "subnet-00000000000000fa1", cidrBlock: "10.0.0.0/20" };
  account.subnets.push(
    foreign,
    { ...foreign, subnetId: "subnet-00000000000000fa2", cidrBlock: "10.0.16.0/20" },
    { ...inA, subnetId: "subnet-000000000000000a2", defaultForAz: false },
    { ...inC, subnetId: SMALL, cidrBlock: "172.31.255.0/28", defaultForAz: false },
    { ...inD, subnetId: CROWDED, availableIpAddressCount: 7, defaultForAz: false },
  );
  account.instances.push(
    { ...instance(STOPPED, inB, "172.31.16.20"), state: "stopped" },
    instance(ELSEWHERE, inC, "172.31.32.20"),
    instance(FOREIGN, foreign, "10.0.0.20"),
  );
  const [group] = account.securityGroups;
  account.securityGroups.push({ ...group, groupId: FOREIGN_GROUP, vpcId: OTHER_VPC, rules: [] });
  account.serverCertificates.push({
    name: "old",
    path: "/",
    arn: EXPIRED,
    expirationDate: "2020-01-01T00:00:00Z",
  });
  return account;
}
