import { normalized, type RecordSet } from "../../route53";
import { during, unlessGone } from "../awsCalls";
import { blocksOf, flagOf, given, integerOf, type Shape, textOf, textsOf } from "../properties";
import { type Failure, type ResourceType } from "../resourceType";
import { isEmpty, type Properties } from "../values";

const ALIAS: Shape = {
  name: { kind: "string", required: true },
  zoneId: { kind: "string", required: true },
  evaluateTargetHealth: { kind: "boolean", required: true },
};

const INPUTS: Shape = {
  zoneId: { kind: "string", required: true, forceNew: true },
  name: { kind: "string", required: true, forceNew: true },
  type: { kind: "string", required: true, values: ["A", "AAAA", "CNAME"] },
  ttl: { kind: "integer" },
  records: { kind: "set" },
  aliases: { kind: "blocks", properties: ALIAS },
  allowOverwrite: { kind: "boolean", computed: true },
};

/** One record set of a hosted zone. */
export const record: ResourceType = {
  token: "aws:route53/record:Record",
  inputs: INPUTS,
  outputs: { fqdn: { kind: "string" } },

  check: checkContent,

  async create(inputs, { route53, calls }) {
    const set = recordSet(inputs);
    const zoneId = zoneOf(inputs);
    const action = flagOf(inputs, "allowOverwrite") ? "UPSERT" : "CREATE";
    await during(
      "creating Route53 Record",
      calls.route53("ChangeResourceRecordSets", () => route53.change(action, zoneId, set)),
    );
    return { id: [zoneId, normalized(set.name), set.type].join("_") };
  },

  async read(_id, state, { route53, calls }) {
    const zoneId = zoneOf(state);
    const { name, type } = recordSet(state);
    const found = await unlessGone(
      "NoSuchHostedZone",
      calls.route53("ListResourceRecordSets", () => route53.find(zoneId, name, type)),
    );
    return found && stateOf(zoneId, found);
  },

  async update(id, olds, news, { route53, calls }) {
    const set = recordSet(news);
    const isAnother = olds.type !== set.type;
    const creation = flagOf(news, "allowOverwrite") ? "UPSERT" : "CREATE";
    const change = () => {
      const zoneId = zoneOf(news);
      if (!isAnother) return route53.change("UPSERT", zoneId, set);
      // One batch: the other type is there when the old one goes.
      const changeId = route53.change(creation, zoneId, set);
      route53.change("DELETE", zoneId, recordSet(olds));
      return changeId;
    };
    await during(
      `updating Route53 Record (${id})`,
      calls.route53("ChangeResourceRecordSets", change),
    );
  },

  async delete(id, state, { route53, calls }) {
    const change = () => route53.change("DELETE", zoneOf(state), recordSet(state));
    await during(
      `deleting Route53 Record (${id})`,
      // The real provider takes a record that is gone for done.
      unlessGone("InvalidChangeBatch", calls.route53("ChangeResourceRecordSets", change)),
    );
  },
};

const zoneOf = (properties: Properties) => given(textOf(properties, "zoneId"), "zoneId");

function recordSet(properties: Properties): RecordSet {
  const alias = blocksOf(properties, "aliases")
    .map((block) => ({
      name: given(textOf(block, "name"), "name"),
      zoneId: given(textOf(block, "zoneId"), "zoneId"),
      evaluateTargetHealth: flagOf(block, "evaluateTargetHealth"),
    }))
    .at(0);
  return {
    name: given(textOf(properties, "name"), "name"),
    type: given(textOf(properties, "type"), "type"),
    ttl: integerOf(properties, "ttl"),
    values: textsOf(properties, "records"),
    alias,
  };
}

function stateOf(zoneId: string, { name, type, ttl, values, alias }: RecordSet): Properties {
  return {
    zoneId,
    name,
    type,
    ttl,
    records: values.length === 0 ? undefined : [...values],
    aliases: alias === undefined ? undefined : [{ ...alias }],
    fqdn: normalized(name),
  };
}

function checkContent(inputs: Properties): Failure[] {
  const content = ["records", "aliases"].filter((key) => !isEmpty(inputs[key]));
  if (content.length !== 1) {
    const reason = '"aliases": one of `aliases,records` must be specified';
    return [{ property: "records", reason }];
  }
  const hasTtl = inputs.ttl !== undefined;
  if (hasTtl === content.includes("records")) return [];
  const reason = hasTtl
    ? '"ttl": conflicts with aliases'
    : '"records": all of `records,ttl` must be specified';
  return [{ property: "ttl", reason }];
}
