import {
  type Attributes,
  AwsError,
  type AccountServices,
  type HealthCheck,
  type InstanceState,
  type LoadBalancer,
  type TargetDescription,
  type TargetGroup,
  type TargetHealth,
  type TargetTransition,
} from "../aws";
import { targetGroupArn, checkName } from "./naming";
import { mergeTargetGroupAttributes } from "./attributes";
import { checkHealthCheck } from "./healthCheckRules";
import { RegisteredTarget } from "./registeredTarget";
import { checkTarget, findServer } from "./targetAddress";
import type { Health } from "./targetHealth";

const GROUP_NOT_IN_USE: Health = {
  state: "unused",
  reason: "Target.NotInUse",
  description: "Target group is not configured to receive traffic from the load balancer",
};

const ZONE_NOT_ENABLED: Health = {
  state: "unused",
  reason: "Target.NotInUse",
  description: "Target is in an Availability Zone that is not enabled for the load balancer",
};

const invalidState = (state: InstanceState): Health => ({
  state: "unused",
  reason: "Target.InvalidState",
  description: `Target is in the ${state} state`,
});

const INVALID_STATES: InstanceState[] = ["stopping", "stopped", "shutting-down", "terminated"];

const keyOf = ({ id, port }: TargetDescription) => `${id}:${port}`;

/** A target group with its registrations. */
export interface GroupRecord {
  readonly group: TargetGroup;
  readonly targets: Map<string, RegisteredTarget>;
}

/** AWS would accept this; the emulator can't show what would happen. */
const unsupported = (what: string) =>
  new AwsError("UnsupportedByEmulator", `the emulator does not support ${what}; AWS accepts it`);

function checkGroup(services: AccountServices, input: Omit<TargetGroup, "targetGroupArn">): void {
  checkName("target group", input.targetGroupName);
  checkHealthCheck(input.healthCheck);
  if (input.targetType === "lambda") {
    return;
  }
  if (!Number.isInteger(input.port) || input.port < 1 || input.port > 65535) {
    throw new AwsError(
      "ValidationError",
      `Target group port '${input.port}' must be between '1' and '65535'`,
    );
  }
  try {
    services.vpc(input.vpcId);
  } catch {
    throw new AwsError("ValidationError", `The VPC ID '${input.vpcId}' is not found`);
  }
  if (input.protocolVersion !== "HTTP1") {
    throw unsupported(`target groups of protocol version ${input.protocolVersion}`);
  }
}

/** The target groups of the account. */
export class TargetGroups {
  private readonly records = new Map<string, GroupRecord>();

  constructor(
    private readonly services: AccountServices,
    private readonly loadBalancerUsing: (targetGroupArn: string) => LoadBalancer | undefined,
    private readonly onTransition: (transition: TargetTransition) => void,
  ) {}

  create(input: Omit<TargetGroup, "targetGroupArn">): TargetGroup {
    const name = input.targetGroupName;
    checkGroup(this.services, input);
    if (this.all().some(({ targetGroupName }) => targetGroupName === name)) {
      throw new AwsError(
        "DuplicateTargetGroupName",
        `A target group with the same name '${name}' exists, but with different settings`,
      );
    }
    const group: TargetGroup = {
      ...structuredClone(input),
      targetGroupArn: targetGroupArn(this.services, name),
      attributes: mergeTargetGroupAttributes(input.targetType, {}, input.attributes),
    };
    this.records.set(group.targetGroupArn, { group, targets: new Map() });
    return group;
  }

  all(): TargetGroup[] {
    return [...this.records.values()].map(({ group }) => group);
  }

  find(arn: string): GroupRecord {
    const record = this.records.get(arn);
    if (record === undefined) {
      throw new AwsError("TargetGroupNotFound", `Target groups '[${arn}]' not found`);
    }
    return record;
  }

  findByName(name: string): TargetGroup | undefined {
    return [...this.records.values()].find(({ group }) => group.targetGroupName === name)?.group;
  }

  modifyHealthCheck(arn: string, healthCheck: HealthCheck): TargetGroup {
    const { group, targets } = this.find(arn);
    checkHealthCheck(healthCheck);
    group.healthCheck = { ...healthCheck };
    for (const target of targets.values()) {
      target.restartChecks();
    }
    return group;
  }

  modifyAttributes(arn: string, change: Attributes): TargetGroup {
    const { group } = this.find(arn);
    group.attributes = mergeTargetGroupAttributes(group.targetType, group.attributes, change);
    return group;
  }

  /** A group that is gone already is no error, as with AWS. */
  delete(arn: string): void {
    const record = this.records.get(arn);
    if (record === undefined) {
      return;
    }
    if (this.loadBalancerUsing(arn) !== undefined) {
      throw new AwsError(
        "ResourceInUse",
        `Target group '${arn}' is currently in use by a listener or a rule`,
      );
    }
    this.records.delete(arn);
    for (const target of record.targets.values()) {
      target.close();
    }
  }

  register(arn: string, description: TargetDescription): void {
    const record = this.find(arn);
    checkTarget(this.services, record.group, description);
    const key = keyOf(description);
    const registered = record.targets.get(key);
    if (
      record.group.targetType === "lambda" &&
      registered === undefined &&
      record.targets.size > 0
    ) {
      throw new AwsError("TooManyTargets", "A target group can have one Lambda function only");
    }
    if (registered === undefined) {
      record.targets.set(key, this.add(record, { ...description }));
    } else if (registered.health.state === "draining") {
      this.registerAgain(record.group, registered);
    }
  }

  deregister(arn: string, description: TargetDescription): void {
    this.find(arn).targets.get(keyOf(description))?.deregister();
  }

  describeHealth(arn: string): TargetHealth[] {
    return [...this.find(arn).targets.values()].map((target) => {
      target.refresh();
      return { target: target.description, ...target.health };
    });
  }

  /** Looks again which targets are in use, after a change of listeners or zones. */
  refresh(): void {
    for (const { targets } of this.records.values()) {
      for (const target of targets.values()) {
        target.refresh();
      }
    }
  }

  close(): void {
    for (const { targets } of this.records.values()) {
      for (const target of targets.values()) {
        target.close();
      }
    }
  }

  private registerAgain(group: TargetGroup, target: RegisteredTarget): void {
    if (group.targetType === "ip") {
      // AWS only says that one must wait for the delay; an error shows that, silence would not.
      throw new AwsError(
        "InvalidTarget",
        `The target '${target.description.id}' is being deregistered: ` +
          "it can be registered again after the deregistration delay",
      );
    }
    target.revive();
  }

  private add(record: GroupRecord, description: TargetDescription): RegisteredTarget {
    const { group, targets } = record;
    return new RegisteredTarget(group, description, {
      services: this.services,
      whyUnused: () => this.whyUnused(group, description),
      hasSettledPeer: () =>
        [...targets.values()].some(
          (peer) => peer.health.state === "healthy" && peer.rampStartedAt === undefined,
        ),
      changed: (health, from) => {
        this.onTransition({
          targetGroupArn: group.targetGroupArn,
          target: description,
          ...health,
          from: from?.state,
          at: new Date(),
        });
      },
      gone: () => {
        targets.delete(keyOf(description));
      },
    });
  }

  private whyUnused(group: TargetGroup, description: TargetDescription): Health | undefined {
    const server = findServer(this.services, group, description.id);
    // An instance that EC2 no longer knows was terminated; at an address there may be none.
    const state = server?.state ?? (group.targetType === "instance" ? "terminated" : "running");
    if (INVALID_STATES.includes(state)) {
      return invalidState(state);
    }
    const loadBalancer = this.loadBalancerUsing(group.targetGroupArn);
    if (loadBalancer === undefined) {
      return GROUP_NOT_IN_USE;
    }
    const zones = loadBalancer.subnets.map(({ availabilityZone }) => availabilityZone);
    return server === undefined || zones.includes(server.availabilityZone)
      ? undefined
      : ZONE_NOT_ENABLED;
  }
}
