import { during } from "../awsCalls";
import { flagOf, textOf } from "../properties";
import { ec2Arn } from "../../ec2/ids";
import {
  type ProviderFunction,
  filter,
  FILTERS,
  filtersOf,
  ID,
  only,
  REGION,
} from "./providerFunction";

export const getVpc: ProviderFunction = {
  token: "aws:ec2/getVpc:getVpc",
  inputs: { ...ID, default: { kind: "boolean" }, ...FILTERS },
  outputs: {
    arn: { kind: "string" },
    cidrBlock: { kind: "string" },
    ipv6CidrBlockAssociations: {
      kind: "blocks",
      properties: { ipv6CidrBlock: { kind: "string" }, state: { kind: "string" } },
    },
    ownerId: { kind: "string" },
    state: { kind: "string" },
    ...REGION,
  },
  async invoke(args, { ec2, calls }) {
    const filters = [...filtersOf(args), ...filter("vpc-id", textOf(args, "id"))];
    if (flagOf(args, "default")) {
      filters.push({ name: "is-default", values: ["true"] });
    }
    const found = await during(
      "reading EC2 VPC",
      calls.ec2("DescribeVpcs", () => ec2.describeVpcs(filters)),
    );
    const { vpcId, cidrBlock, ipv6CidrBlock, isDefault } = only("EC2 VPC", found);
    return {
      id: vpcId,
      cidrBlock,
      ipv6CidrBlockAssociations:
        ipv6CidrBlock === undefined ? [] : [{ ipv6CidrBlock, state: "associated" }],
      default: isDefault,
      arn: ec2Arn(ec2, `vpc/${vpcId}`),
      ownerId: ec2.accountId,
      state: "available",
      region: ec2.region,
    };
  },
};

export const getSubnet: ProviderFunction = {
  token: "aws:ec2/getSubnet:getSubnet",
  inputs: ID,
  outputs: {
    arn: { kind: "string" },
    availabilityZone: { kind: "string" },
    availableIpAddressCount: { kind: "integer" },
    cidrBlock: { kind: "string" },
    defaultForAz: { kind: "boolean" },
    ipv6CidrBlock: { kind: "string" },
    ownerId: { kind: "string" },
    state: { kind: "string" },
    vpcId: { kind: "string" },
    ...REGION,
  },
  async invoke(args, { ec2, calls }) {
    const filters = filter("subnet-id", textOf(args, "id"));
    const found = await during(
      "reading EC2 Subnet",
      calls.ec2("DescribeSubnets", () => ec2.describeSubnets(filters)),
    );
    const { subnetId, ...subnet } = only("EC2 Subnet", found);
    return {
      ...subnet,
      id: subnetId,
      arn: ec2Arn(ec2, `subnet/${subnetId}`),
      ownerId: ec2.accountId,
      state: "available",
      region: ec2.region,
    };
  },
};

export const getSubnets: ProviderFunction = {
  token: "aws:ec2/getSubnets:getSubnets",
  inputs: FILTERS,
  outputs: { ...ID, ids: { kind: "set" }, ...REGION },
  async invoke(args, { ec2, calls }) {
    const found = await during(
      "reading EC2 Subnets",
      calls.ec2("DescribeSubnets", () => ec2.describeSubnets(filtersOf(args))),
    );
    const { region } = ec2;
    return { id: region, ids: found.map(({ subnetId }) => subnetId), region };
  },
};

/** Every VPC of the emulator has a main route table, which leads to an internet gateway, and no other table. */
export const getRouteTable: ProviderFunction = {
  token: "aws:ec2/getRouteTable:getRouteTable",
  inputs: {
    routeTableId: { kind: "string" },
    subnetId: { kind: "string" },
    vpcId: { kind: "string" },
    ...FILTERS,
  },
  outputs: {
    ...ID,
    routes: {
      kind: "blocks",
      properties: { cidrBlock: { kind: "string" }, gatewayId: { kind: "string" } },
    },
    ...REGION,
  },
  async invoke(args, { ec2, calls }) {
    const filters = [
      ...filtersOf(args),
      ...filter("association.subnet-id", textOf(args, "subnetId")),
      ...filter("vpc-id", textOf(args, "vpcId")),
    ];
    const found = await during(
      "reading EC2 Route Table",
      calls.ec2("DescribeRouteTables", () => ec2.describeRouteTables(filters)),
    );
    const { routeTableId, vpcId, routes } = only("EC2 Route Table", found);
    return {
      id: routeTableId,
      routeTableId,
      vpcId,
      routes: routes.map((route) => ({ ...route })),
      region: ec2.region,
    };
  },
};

export const getInternetGateway: ProviderFunction = {
  token: "aws:ec2/getInternetGateway:getInternetGateway",
  inputs: { internetGatewayId: { kind: "string" }, ...FILTERS },
  outputs: { ...ID, arn: { kind: "string" }, ownerId: { kind: "string" }, ...REGION },
  async invoke(args, { ec2, calls }) {
    const filters = [
      ...filtersOf(args),
      ...filter("internet-gateway-id", textOf(args, "internetGatewayId")),
    ];
    const found = await during(
      "reading EC2 Internet Gateway",
      calls.ec2("DescribeInternetGateways", () => ec2.describeInternetGateways(filters)),
    );
    const { internetGatewayId } = only("EC2 Internet Gateway", found);
    return {
      id: internetGatewayId,
      internetGatewayId,
      arn: ec2Arn(ec2, `internet-gateway/${internetGatewayId}`),
      ownerId: ec2.accountId,
      region: ec2.region,
    };
  },
};

export const getAvailabilityZones: ProviderFunction = {
  token: "aws:index/getAvailabilityZones:getAvailabilityZones",
  inputs: {
    state: { kind: "string", values: ["available", "information", "impaired", "unavailable"] },
  },
  outputs: { ...ID, names: { kind: "set" }, ...REGION },
  async invoke(args, { ec2, calls }) {
    const zones = await calls.ec2("DescribeAvailabilityZones", () => ec2.availabilityZones());
    const isAsked = (textOf(args, "state") ?? "available") === "available";
    return { id: ec2.region, names: isAsked ? zones : [], region: ec2.region };
  },
};
