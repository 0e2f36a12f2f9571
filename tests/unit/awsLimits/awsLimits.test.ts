import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Takes } from "../../../components/checks";
import { SSL_POLICIES } from "../../../components/plan/securityPolicies";
import { findProblems } from "../../../components/validation";
import {
  mergeListenerAttributes,
  mergeLoadBalancerAttributes,
  mergeTargetGroupAttributes,
} from "../../../emulator/elb/attributes";
import { versionsOf } from "../../../emulator/elb/sslPolicies";
import type { Property, Shape } from "../../../emulator/provider/properties";
import { RESOURCE_TYPES } from "../../../emulator/provider/resourceTypes";
import { LENGTHS, LIMITS } from "../../arguments";
import type { Fact, Source } from "../../arguments/limits";
import { PLACES } from "../../arguments/places";

interface ModelFact {
  readonly min?: number;
  readonly max?: number;
  readonly values?: readonly string[];
  readonly pattern?: string;
}

/** What `npm run aws-model` has taken out of AWS's API model. */
const MODEL = JSON.parse(readFileSync(path.join(__dirname, "elbv2.json"), "utf8")) as {
  readonly source: string;
  readonly members: Readonly<Record<string, ModelFact | undefined>>;
};

function inModel(member: string): ModelFact {
  const fact = MODEL.members[member];
  assert.ok(fact, `${MODEL.source} says nothing of ${member}`);
  return fact;
}

/** What holds for a value, in one spelling. */
function factOf(source: Source): Fact {
  if ("documented" in source) return inOrder(source.documented);
  if ("own" in source) return inOrder(source.own);
  const { min, max, values } = inModel(source.model);
  const { except = [] } = source;
  if (values !== undefined) {
    const unknown = except.filter((value) => !values.includes(value));
    assert.deepEqual(unknown, [], `${source.model} has no such values`);
    return inOrder({ values: values.filter((value) => !except.includes(value)) });
  }
  assert.ok(min !== undefined && max !== undefined, `${source.model} has no limits`);
  return { min, max };
}

const inOrder = (fact: Fact): Fact =>
  "values" in fact ? { values: [...fact.values].sort() } : fact;

/** The limit of a check; none where any value of the kind is taken. */
function taken(takes: Takes): Fact | undefined {
  switch (takes.kind) {
    case "choice":
      return inOrder({ values: takes.values });
    case "number": {
      const { min, max, or } = takes;
      return or === undefined ? { min, max } : { min, max, or };
    }
    case "list": {
      const { min, max } = takes;
      return min === 0 && max === Infinity ? undefined : { min, max };
    }
    default:
      return undefined;
  }
}

const ARGUMENTS = new Map(
  PLACES.flatMap(({ path: place, check }) => {
    const fact = taken(check.accepts);
    return fact === undefined ? [] : [[place, fact] as const];
  }),
);

function propertiesOf(shape: Shape, prefix: string): (readonly [string, Fact])[] {
  return Object.entries(shape).flatMap(([key, property]) => {
    const at = `${prefix}.${key}`;
    if ("properties" in property) return propertiesOf(property.properties, at);
    const fact = limitOf(property);
    return fact === undefined ? [] : [[at, fact] as const];
  });
}

function limitOf(property: Property): Fact | undefined {
  if (property.kind === "integer" && property.range !== undefined) {
    const [min, max] = property.range;
    return property.or === undefined ? { min, max } : { min, max, or: property.or };
  }
  if (property.kind !== "string" || property.values === undefined) return undefined;
  return inOrder({ values: property.values });
}

/** The properties of what belongs to the Elastic Load Balancing API, by the type's name without its module. */
const PROPERTIES = new Map(
  RESOURCE_TYPES.flatMap(({ token, inputs }) => {
    const type = /^aws:lb\/(\w+):/.exec(token)?.[1];
    return type === undefined ? [] : propertiesOf(inputs, type);
  }),
);

type Values = Readonly<Record<string, string>>;

/** What merges the attributes of whom. */
const MERGES: Readonly<Record<string, (current: Values, change: Values) => Values>> = {
  loadBalancer: mergeLoadBalancerAttributes,
  listener: mergeListenerAttributes,
  targetGroup: (current, change) => mergeTargetGroupAttributes("instance", current, change),
};

/** Whether the emulator takes an attribute's value, whatever it says of others that go with it. */
function takesValue(attribute: string, value: string): boolean {
  const [owner, key] = attribute.split(" ");
  try {
    MERGES[owner]({}, { [key]: value });
    return true;
  } catch (error) {
    return error instanceof Error && !error.message.includes("is not valid: it must");
  }
}

/** The attributes that take some values only, and not just true and false. */
const ATTRIBUTES = Object.entries(MERGES)
  .flatMap(([owner, merge]) => Object.keys(merge({}, {})).map((key) => `${owner} ${key}`))
  .filter((attribute) => {
    const takes = (value: string) => takesValue(attribute, value);
    const isFlag = takes("true") && takes("false") && !takes("use_load_balancer_configuration");
    return !isFlag && !takes("text");
  });

function takesFact(attribute: string, fact: Fact): void {
  const [right, wrong] =
    "values" in fact
      ? [fact.values, fact.values.map((value) => `${value}_`)]
      : [
          [fact.min, fact.max, fact.or ?? fact.min].map(String),
          [fact.min - 1, fact.max + 1, fact.min + 0.5]
            .filter((value) => value !== fact.or)
            .map(String),
        ];
  for (const value of right) assert.ok(takesValue(attribute, value), `${attribute}: ${value}`);
  for (const value of wrong) assert.ok(!takesValue(attribute, value), `${attribute}: ${value}`);
}

/** Further target groups have the checks of the main one, and further listeners those of the group's own. */
const IN_FURTHER_ONES = /^targetGroups\.a\.(?!targets)|^listeners\.a\.(?!port$|protocol$)/;

describe("the limits of values", () => {
  const listed = (key: "args" | "emulator" | "attributes") =>
    LIMITS.flatMap((limit) => limit[key] ?? []).sort();

  it("all come from AWS's model, from its documentation, or have a reason", () => {
    const args = [...ARGUMENTS.keys()].filter(
      (key) => !IN_FURTHER_ONES.test(key) && key !== "sslPolicy",
    );
    assert.deepEqual(listed("args"), args.sort());
    assert.deepEqual(listed("emulator"), [...PROPERTIES.keys()].sort());
    assert.deepEqual(listed("attributes"), ATTRIBUTES.sort());
  });

  for (const { args = [], emulator = [], attributes = [], source } of LIMITS) {
    const names = [...args, ...emulator, ...attributes];
    const origin = "model" in source ? source.model : "page" in source ? source.page : "our own";
    it(`are the same: ${names.join(", ")} (${origin})`, () => {
      const fact = factOf(source);
      for (const argument of args) assert.deepEqual(ARGUMENTS.get(argument), fact, argument);
      for (const property of emulator) assert.deepEqual(PROPERTIES.get(property), fact, property);
      for (const attribute of attributes) takesFact(attribute, fact);
    });
  }

  const isTaken = (arg: string, value: unknown) => {
    const place = PLACES.find((one) => one.path === arg);
    assert.ok(place, arg);
    const problems = findProblems("web", place.holding(value));
    return !problems.some(
      ({ propertyPath, code }) => propertyPath === arg && ["format", "range"].includes(code),
    );
  };

  for (const { args, model, text } of LENGTHS) {
    it(`are the same for the length of ${args.join(", ")} (${model})`, () => {
      const { min = 0, max = 0 } = inModel(model);
      for (const arg of args) {
        assert.equal(isTaken(arg, ""), min === 0, arg);
        assert.ok(isTaken(arg, text(max)), arg);
        assert.ok(!isTaken(arg, text(max + 1)), arg);
      }
    });
  }

  it("are the same for the statuses of a fixed response", () => {
    const { pattern = "" } = inModel("FixedResponseActionConfig.StatusCode");
    for (let status = 0; status < 1000; status++) {
      const taken = isTaken("rules.a.fixedResponse.statusCode", status);
      assert.equal(taken, new RegExp(pattern).test(String(status)), String(status));
    }
  });

  it("are the same for the protocols of a redirect", () => {
    const { pattern = "" } = inModel("RedirectActionConfig.Protocol");
    const property = PROPERTIES.get("listener.defaultActions.redirect.protocol");
    assert.ok(property !== undefined && "values" in property);
    for (const value of property.values) assert.match(value, new RegExp(pattern));
  });
});

describe("the TLS policies", () => {
  const isKnown = (policy: string) => {
    try {
      versionsOf(policy);
      return true;
    } catch {
      return false;
    }
  };

  it("that the component takes are known to the emulator", () => {
    assert.deepEqual(
      SSL_POLICIES.filter((policy) => !isKnown(policy)),
      [],
    );
  });

  it("of each version and kind are known to the emulator only if the component takes them", () => {
    const names = ["1-0", "1-1", "1-2", "1-3"].flatMap((version) =>
      ["", "Res-", "Ext0-", "Ext1-", "Ext2-"].flatMap((kind) =>
        ["2021-06", "PQ-2025-09", "FIPS-2023-04", "FIPS-PQ-2025-09"].map(
          (date) => `ELBSecurityPolicy-TLS13-${version}-${kind}${date}`,
        ),
      ),
    );
    assert.deepEqual(
      names.filter(isKnown),
      names.filter((name) => SSL_POLICIES.includes(name)),
    );
  });
});
