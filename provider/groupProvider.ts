import * as pulumi from "@pulumi/pulumi";
import { checksPassed, LoadBalancedGroup } from "../components/loadBalancedGroup";
import { InvalidArgumentsError, valueAt } from "../components/checks";
import { shortened } from "../components/checks/format";
import { findProblemsOfKnown } from "../components/validation";
import { refuseTooLarge } from "./inputLimits";
import { withoutSecrets } from "./redactErrors";

const TYPE = "load-balanced-group:index:LoadBalancedGroup";

/** The provider that creates groups for programs in other languages, as its schema describes them. */
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
    if (type !== TYPE) {
      throw new Error(`there is no ${shortened(type)} in this package, only ${TYPE}`);
    }
    await refuseTooLarge(name, inputs);
    try {
      // From other languages secrets arrive as outputs, so wait for outputs to report all problems together.
      const problems = await findProblemsOfKnown(name, inputs);
      if (problems.length > 0) throw new InvalidArgumentsError(name, problems);
      const group = new LoadBalancedGroup(name, inputs, options);
      await checksPassed(group);
      const outputs = Object.entries(group).filter(([key]) => this.outputs.has(key));
      const state = Object.fromEntries(outputs.map(([key, value]) => [key, pulumi.output(value)]));
      // Fails if an output fails, because an argument that is an output is wrong.
      await Promise.all(Object.values(state).map(pulumi.isSecret));
      return { urn: group.urn, state };
    } catch (error) {
      throw await withoutSecrets(error, inputs);
    }
  }
}

/** What the provider needs to know from the schema. */
interface SchemaInfo {
  readonly version: string;
  /** The names of the group's outputs. */
  readonly outputs: ReadonlySet<string>;
}

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
