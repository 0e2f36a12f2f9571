import {
  type ListenerRule,
  type RuleChange,
  type RuleCondition,
  type RuleTransform,
} from "../../aws";
import { during, unlessGone } from "../awsCalls";
import { isChanged } from "../diff";
import {
  blockOf,
  blocksOf,
  type BlockProperty,
  COMPUTED_TAGS,
  given,
  integerOf,
  type Shape,
  TAGS,
  textOf,
  textsOf,
} from "../properties";
import { type Failure, type ResourceType } from "../resourceType";
import { type Properties } from "../values";
import { ACTION, actionFaults, actionOf, actionsState } from "./actions";
import { areSupported, authenticationOf } from "./authentication";
import { createTagged, tagState, updateTags } from "./tagged";

const VALUES: BlockProperty = {
  kind: "block",
  properties: { values: { kind: "set", required: true } },
};

/** Check makes sure that it is one of them. */
const VALUES_OR_REGEXES: Shape = { values: { kind: "set" }, regexValues: { kind: "set" } };

const CONDITION: Shape = {
  hostHeader: { kind: "block", properties: VALUES_OR_REGEXES },
  pathPattern: { kind: "block", properties: VALUES_OR_REGEXES },
  httpHeader: {
    kind: "block",
    properties: {
      httpHeaderName: { kind: "string", required: true },
      ...VALUES_OR_REGEXES,
    },
  },
  httpRequestMethod: VALUES,
  queryStrings: {
    kind: "blocks",
    anyOrder: true,
    properties: { key: { kind: "string" }, value: { kind: "string", required: true } },
  },
  sourceIp: VALUES,
};

/** The conditions that are nothing but values, by their properties. */
const FIELDS = {
  hostHeader: "host-header",
  pathPattern: "path-pattern",
  httpRequestMethod: "http-request-method",
  sourceIp: "source-ip",
} as const;

const REWRITE: BlockProperty = {
  kind: "block",
  properties: {
    rewrite: {
      kind: "block",
      properties: {
        regex: { kind: "string", required: true },
        replace: { kind: "string", required: true },
      },
    },
  },
};

/** The property of each type of transform. */
const CONFIGS = {
  "host-header-rewrite": "hostHeaderRewriteConfig",
  "url-rewrite": "urlRewriteConfig",
} as const;

const TRANSFORM: Shape = {
  type: { kind: "string", required: true, values: Object.keys(CONFIGS) },
  hostHeaderRewriteConfig: REWRITE,
  urlRewriteConfig: REWRITE,
};

const PRIORITIES = [1, 50_000] as const;

const INPUTS: Shape = {
  listenerArn: { kind: "string", required: true, forceNew: true },
  // The real provider takes the next one after the highest where none is given; that is not supported.
  priority: { kind: "integer", required: true, range: PRIORITIES },
  conditions: { kind: "blocks", anyOrder: true, required: true, properties: CONDITION },
  actions: { kind: "blocks", required: true, properties: ACTION },
  transforms: { kind: "blocks", anyOrder: true, properties: TRANSFORM },
  ...TAGS,
};

export const listenerRule: ResourceType = {
  token: "aws:lb/listenerRule:ListenerRule",
  inputs: INPUTS,
  outputs: { arn: { kind: "string" }, ...COMPUTED_TAGS },

  check: (inputs) => [
    ...actionFaults(inputs, "actions"),
    ...conditionFaults(inputs),
    ...transformFaults(inputs),
  ],

  async create(inputs, aws) {
    const { elb, calls } = aws;
    const create = createTagged(
      aws,
      inputs,
      () =>
        elb.createRule({
          listenerArn: given(textOf(inputs, "listenerArn"), "listenerArn"),
          priority: given(integerOf(inputs, "priority"), "priority"),
          ...contentOf(inputs),
        }),
      (created) => created.ruleArn,
    );
    const created = await during("creating ELBv2 Listener Rule", calls.elb("CreateRule", create));
    return { id: created.ruleArn };
  },

  async read(id, state, aws) {
    const { elb, calls } = aws;
    const found = await unlessGone(
      "RuleNotFound",
      calls.elb("DescribeRules", () => elb.describeRule(id)),
    );
    const known = blocksOf(state, "actions").at(-1);
    return found && { ...stateOf(found, known), ...tagState(id, aws) };
  },

  /** As the real provider: the priority by a call of its own, one rule at a time. */
  async update(id, olds, news, aws) {
    const { elb, calls } = aws;
    await updateTags(id, olds, news, aws, "elb");
    const priority = given(integerOf(news, "priority"), "priority");
    if (priority !== integerOf(olds, "priority")) {
      await during(
        `updating ELB v2 Listener Rule (${id}): setting priority`,
        calls.elb("SetRulePriorities", () => elb.setRulePriorities([{ ruleArn: id, priority }])),
      );
    }
    const change = changedContent(news, olds);
    if (Object.keys(change).length > 0) {
      await during(
        "modifying LB Listener Rule",
        calls.elb("ModifyRule", () => elb.modifyRule(id, change)),
      );
    }
  },

  async delete(id, _state, { elb, calls, tags }) {
    const deletion = calls.elb("DeleteRule", () => {
      elb.deleteRule(id);
    });
    await during(`deleting ELBv2 Listener Rule (${id})`, unlessGone("RuleNotFound", deletion));
    tags.forget(id);
  },
};

/** Only what differs, since AWS keeps what is not sent. */
function changedContent(news: Properties, olds: Properties): RuleChange {
  const { conditions, authenticate, action, transforms } = contentOf(news, olds);
  const isSent = (name: string) => isChanged(listenerRule, name, olds, news);
  return {
    ...(isSent("conditions") ? { conditions } : {}),
    ...(isSent("actions") ? { authenticate, action } : {}),
    ...(isSent("transforms") ? { transforms } : {}),
  };
}

function contentOf(
  inputs: Properties,
  olds: Properties = {},
): Pick<ListenerRule, "conditions" | "authenticate" | "action" | "transforms"> {
  return {
    conditions: blocksOf(inputs, "conditions").flatMap(conditionsOf),
    authenticate: authenticationOf(blocksOf(inputs, "actions")),
    action: actionOf(finalOf(inputs) ?? {}, finalOf(olds)),
    transforms: blocksOf(inputs, "transforms").flatMap(transformsOf),
  };
}

function transformsOf(block: Properties): RuleTransform[] {
  return typesOf(block).map((type) => {
    const rewrite = blockOf(blockOf(block, CONFIGS[type]) ?? {}, "rewrite") ?? {};
    return {
      type,
      regex: given(textOf(rewrite, "regex"), "regex"),
      replace: given(textOf(rewrite, "replace"), "replace"),
    };
  });
}

const typesOf = (block: Properties) => TRANSFORM_TYPES.filter((type) => type === block.type);

const TRANSFORM_TYPES = ["host-header-rewrite", "url-rewrite"] as const;

/** What is done in the end. */
const finalOf = (inputs: Properties) => blocksOf(inputs, "actions").at(-1);

/** What one block asks for; Check has made sure that it is one thing. */
function conditionsOf(block: Properties): RuleCondition[] {
  const header = blockOf(block, "httpHeader");
  const parameters = blocksOf(block, "queryStrings");
  const named = header && {
    field: "http-header" as const,
    httpHeaderName: given(textOf(header, "httpHeaderName"), "httpHeaderName"),
    ...valuesOf(header),
  };
  const queried = parameters.length > 0 && {
    field: "query-string" as const,
    values: parameters.map((parameter) => ({
      key: textOf(parameter, "key"),
      value: given(textOf(parameter, "value"), "value"),
    })),
  };
  const plain = Object.entries(FIELDS).flatMap(([property, field]): RuleCondition[] => {
    const own = blockOf(block, property);
    return own === undefined ? [] : [{ field, ...valuesOf(own) }];
  });
  return [...plain, ...(named ? [named] : []), ...(queried ? [queried] : [])];
}

function valuesOf(block: Properties): { values: string[]; isRegex?: true } {
  const regexes = textsOf(block, "regexValues");
  return regexes.length > 0
    ? { values: regexes, isRegex: true }
    : { values: textsOf(block, "values") };
}

const valuesState = ({ values, isRegex }: { values: readonly string[]; isRegex?: true }) => ({
  [isRegex ? "regexValues" : "values"]: [...values],
});

function stateOf(found: ListenerRule, known: Properties | undefined): Properties {
  return {
    arn: found.ruleArn,
    listenerArn: found.listenerArn,
    priority: found.priority,
    conditions: found.conditions.map(conditionState),
    actions: actionsState(found.authenticate, found.action, known),
    transforms: transformsState(found.transforms),
  };
}

function transformsState(transforms: readonly RuleTransform[] = []): Properties[] | undefined {
  const blocks = transforms.map(({ type, ...rewrite }) => ({ type, [CONFIGS[type]]: { rewrite } }));
  return blocks.length === 0 ? undefined : blocks;
}

function conditionState(condition: RuleCondition): Properties {
  switch (condition.field) {
    case "query-string":
      return { queryStrings: condition.values.map((parameter) => ({ ...parameter })) };
    case "http-header": {
      const { httpHeaderName } = condition;
      return { httpHeader: { httpHeaderName, ...valuesState(condition) } };
    }
    default: {
      const [property] = Object.entries(FIELDS)
        .filter(([, field]) => field === condition.field)
        .map(([name]) => name);
      return { [property]: valuesState(condition) };
    }
  }
}

/** Each type of transform needs its own block. */
function transformFaults(inputs: Properties): Failure[] {
  return blocksOf(inputs, "transforms").flatMap((block, position) =>
    typesOf(block)
      .filter((type) => blockOf(blockOf(block, CONFIGS[type]) ?? {}, "rewrite") === undefined)
      .map((type) => {
        const property = `transforms[${position}].${CONFIGS[type]}.rewrite`;
        return { property, reason: `it must be specified for the type ${type}` };
      }),
  );
}

/** The real provider wants one thing in each block. */
function conditionFaults(inputs: Properties): Failure[] {
  const faults = blocksOf(inputs, "conditions").flatMap((block, position): Failure[] => {
    const given = Object.keys(CONDITION).filter((name) => block[name] !== undefined);
    const reason = "One and only one of the condition's fields must be specified";
    if (given.length !== 1) return [{ property: `conditions[${position}]`, reason }];
    const inner = blockOf(block, given[0]) ?? {};
    const isRight =
      given[0] === "queryStrings" ||
      (inner.values === undefined) !== (inner.regexValues === undefined);
    const property = `conditions[${position}].${given[0]}`;
    return isRight ? [] : [{ property, reason: "it must have either values or regexValues" }];
  });
  if (Array.isArray(inputs.actions) && !areSupported(blocksOf(inputs, "actions"))) {
    const reason =
      "the emulator supports rules with one action, and at most one login or validation of tokens before it";
    faults.push({ property: "actions", reason });
  }
  return faults;
}
