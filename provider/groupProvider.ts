import * as pulumi from "@pulumi/pulumi";
import { checksPassed, LoadBalancedGroup } from "../components/loadBalancedGroup";
import { refusal, valueAt } from "../components/checks";
import { findProblemsOfKnown } from "../components/validation";
import { withoutSecrets } from "./redactErrors";

const TYPE = "load-balanced-group:index:LoadBalancedGroup";

/** Makes groups for programs in any language; what it takes and gives is written in its schema. */
export class GroupProvider implements pulumi.provider.Provider {
  readonly version: string;
  private readonly outputs: ReadonlySet<string>;

  constructor(readonly schema: string) {
    const { version, outputs } = schemaInfo(schema, TYPE);
    this.version = version;
    this.outputs = outputs;
  }

  async construct(
    name: string,
    type: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
  ): Promise<pulumi.provider.ConstructResult> {
    if (type !== TYPE) throw new Error(`there is no ${type} in this package, only ${TYPE}`);
    try {
      // In other languages whatever is secret is an output, and told with all else that is wrong.
      const problems = await findProblemsOfKnown(name, inputs);
      if (problems.length > 0) throw refusal(name, problems);
      const group = new LoadBalancedGroup(name, inputs, options);
      await checksPassed(group);
      const outputs = Object.entries(group).filter(([key]) => this.outputs.has(key));
      const state = Object.fromEntries(outputs.map(([key, value]) => [key, pulumi.output(value)]));
      // Fails when an output does, which is when arguments that are outputs turn out to be wrong.
      await Promise.all(Object.values(state).map(pulumi.isSecret));
      return { urn: group.urn, state };
    } catch (error) {
      throw await withoutSecrets(error, inputs);
    }
  }
}

/** What a schema says of the group. */
interface SchemaInfo {
  readonly version: string;
  /** The names of its outputs. */
  readonly outputs: ReadonlySet<string>;
}

/** Reads what the schema says of a resource. */
function schemaInfo(schema: string, type: string): SchemaInfo {
  const parsed: unknown = JSON.parse(schema);
  const version = valueAt(parsed, "version");
  const outputs = valueAt(valueAt(valueAt(parsed, "resources"), type), "properties");
  if (typeof version !== "string" || typeof outputs !== "object" || outputs === null) {
    throw new Error(
      `the provider's schema.json does not describe ${type}; create it again with npm run schema`,
    );
  }
  return { version, outputs: new Set(Object.keys(outputs)) };
}
