import * as pulumi from "@pulumi/pulumi";
import { LoadBalancedGroup, LoadBalancedService } from "../components";
import { checksPassed } from "../components/gate/gate";
import { InvalidArgumentsError, subjectOf, valueAt, type Check } from "../components/checks";
import { shortened } from "../components/checks/format";
import { checkOfGroup, checkOfService, findProblemsOfKnown } from "../components/validation";
import { refuseTooLarge } from "./inputLimits";
import { withoutSecrets } from "./redactErrors";

/** A component of the package: the check of its arguments, and its constructor. */
interface Component {
  readonly check: (name: string, inputs: pulumi.Inputs) => Check;
  readonly create: (
    name: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
  ) => pulumi.ComponentResource;
}

const COMPONENTS: Readonly<Record<string, Component>> = {
  LoadBalancedGroup: {
    check: (_, inputs) => checkOfGroup(inputs),
    create: (name, inputs, options) => new LoadBalancedGroup(name, inputs, options),
  },
  LoadBalancedService: {
    check: checkOfService,
    create: (name, inputs, options) =>
      // The check requires these, and refuses a value of another type.
      new LoadBalancedService(name, { listenerArn: "", rules: {}, ...inputs }, options),
  },
};

const tokenOf = (component: string) => `load-balanced-group:index:${component}`;

/** The provider that creates components for programs in other languages, as its schema describes them. */
export class GroupProvider implements pulumi.provider.Provider {
  readonly version: string;
  private readonly outputs: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(readonly schema: string) {
    const { version, outputs } = schemaInfo(schema);
    this.version = version;
    this.outputs = outputs;
  }

  async construct(
    name: string,
    type: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
  ): Promise<pulumi.provider.ConstructResult> {
    const component = Object.keys(COMPONENTS).find((one) => tokenOf(one) === type);
    if (component === undefined) {
      const known = Object.keys(COMPONENTS).map(tokenOf).join(" and ");
      throw new Error(`there is no ${shortened(type)} in this package, only ${known}`);
    }
    const { check, create } = COMPONENTS[component];
    await refuseTooLarge(name, inputs);
    try {
      // From other languages secrets arrive as outputs, so wait for outputs to report all problems together.
      const subject = subjectOf(component, name);
      const problems = await findProblemsOfKnown(subject, check(name, inputs), inputs);
      if (problems.length > 0) throw new InvalidArgumentsError(subject, problems);
      const created = create(name, inputs, options);
      await checksPassed(created);
      const known = this.outputs.get(component);
      const outputs = Object.entries(created).filter(([key]) => known?.has(key));
      const state = Object.fromEntries(outputs.map(([key, value]) => [key, pulumi.output(value)]));
      // Fails if an output fails, because an argument that is an output is wrong.
      await Promise.all(Object.values(state).map(pulumi.isSecret));
      return { urn: created.urn, state };
    } catch (error) {
      throw await withoutSecrets(error, inputs);
    }
  }
}

/** What the provider needs to know from the schema. */
interface SchemaInfo {
  readonly version: string;
  /** The names of each component's outputs. */
  readonly outputs: ReadonlyMap<string, ReadonlySet<string>>;
}

function schemaInfo(schema: string): SchemaInfo {
  const parsed: unknown = JSON.parse(schema);
  const version = valueAt(parsed, "version");
  const resources = valueAt(parsed, "resources");
  const outputs = Object.keys(COMPONENTS).map((component) => {
    const token = tokenOf(component);
    const properties = valueAt(valueAt(resources, token), "properties");
    if (typeof properties === "object" && properties !== null) {
      return [component, new Set(Object.keys(properties))] as const;
    }
    throw new Error(notDescribed(token));
  });
  if (typeof version !== "string") throw new Error(notDescribed("the version"));
  return { version, outputs: new Map(outputs) };
}

const notDescribed = (what: string) =>
  `the provider's schema.json does not describe ${what}; create it again with npm run schema`;
