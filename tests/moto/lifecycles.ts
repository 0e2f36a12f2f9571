/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-argument -- moto's answers have no types */
import { randomUUID } from "node:crypto";
import { EmulatedAcm } from "../../emulator/acm";
import type { Action, TargetGroup } from "../../emulator/aws";
import type { Emulator } from "../../emulator";
import { EmulatedLambda } from "../../emulator/lambda";
import type { Account } from "../../emulator/sampleAccount";
import type { Answer, Moto } from "./moto";

/** What a call came to: what is compared of its answer, or AWS's error code. */
export type Outcome = unknown;

/** What a call came to in moto and in the emulator. */
export interface Comparison {
  readonly call: string;
  readonly moto: Outcome;
  readonly emulator: Outcome;
}

type Ids = Record<string, string>;

/** Plays the life of each resource in both, call by call. */
export class Lifecycles {
  readonly comparisons: Comparison[] = [];
  /** What moto calls things. */
  private readonly theirs: Ids = {};
  /** What the emulator calls the same things. */
  private readonly ours: Ids = {};

  constructor(
    private readonly moto: Moto,
    private readonly emulator: Emulator,
    private readonly account: Account,
  ) {}

  private async compare(
    call: string,
    theirs: () => Promise<Outcome>,
    ours: () => Outcome,
  ): Promise<void> {
    const moto = await outcomeOf(theirs);
    this.comparisons.push({ call, moto, emulator: await outcomeOf(ours) });
  }

  private elb(operation: string, parameters: object): Promise<Answer> {
    return this.moto.call("elbv2", operation, { ...parameters });
  }

  /** The network of both accounts, and a server in each. */
  async prepare(): Promise<void> {
    const { theirs, ours, moto } = this;
    const { Vpcs } = await moto.call("ec2", "describe_vpcs");
    theirs.vpc = Vpcs[0].VpcId;
    const { Subnets } = await moto.call("ec2", "describe_subnets");
    const { SecurityGroups } = await moto.call("ec2", "describe_security_groups");
    theirs.group = SecurityGroups[0].GroupId;
    for (const index of [0, 1, 2]) {
      theirs[`subnet${index}`] = Subnets[index].SubnetId;
      ours[`subnet${index}`] = this.account.subnets[index].subnetId;
    }
    const run = {
      ImageId: "ami-12c6146b",
      MinCount: 1,
      MaxCount: 1,
      SubnetId: Subnets[0].SubnetId,
    };
    const { Instances } = await moto.call("ec2", "run_instances", run);
    theirs.server = Instances[0].InstanceId;
    ours.vpc = this.account.vpcs[0].vpcId;
    ours.group = this.account.securityGroups[0].groupId;
    ours.server = this.account.instances[0].instanceId;
    const { CertificateArn } = await moto.call("acm", "request_certificate", {
      DomainName: "www.example.com",
      ValidationMethod: "DNS",
    });
    theirs.certificate = CertificateArn;
    ours.certificate = this.account.certificates[0].certificateArn;
  }

  private balancer(
    call: string,
    {
      name,
      subnets = [0, 1],
      group = "group",
    }: { name: string; subnets?: number[]; group?: string },
    key?: string,
  ) {
    const of = (ids: Ids) => ({
      subnets: subnets.map((index) => ids[`subnet${index}`] ?? "subnet-00000000"),
      group: ids[group] ?? "sg-00000000",
    });
    return this.compare(
      call,
      async () => {
        const input = { Name: name, Subnets: of(this.theirs).subnets };
        const groups = { SecurityGroups: [of(this.theirs).group] };
        const { LoadBalancers } = await this.elb("create_load_balancer", { ...input, ...groups });
        const [made] = LoadBalancers;
        if (key !== undefined) this.theirs[key] = made.LoadBalancerArn;
        return [made.Scheme, made.IpAddressType ?? "none", made.AvailabilityZones.length];
      },
      () => {
        const made = this.emulator.elb.createLoadBalancer({
          name,
          scheme: "internet-facing",
          subnetIds: of(this.ours).subnets,
          securityGroups: [of(this.ours).group],
          attributes: {},
        });
        if (key !== undefined) this.ours[key] = made.loadBalancerArn;
        return [made.scheme, made.ipAddressType, made.subnets.length];
      },
    );
  }

  private group(
    call: string,
    change: { name?: string; port?: number; vpc?: string; check?: object },
    key?: string,
  ) {
    const { name = "web", port = 80, vpc = "vpc", check = {} } = change;
    const health = { intervalSeconds: 30, timeoutSeconds: 5, path: "/", matcher: "200", ...check };
    return this.compare(
      call,
      async () => {
        const { TargetGroups } = await this.elb("create_target_group", {
          Name: name,
          Protocol: "HTTP",
          Port: port,
          VpcId: this.theirs[vpc] ?? "vpc-00000000",
          ...(Object.keys(check).length === 0
            ? {}
            : {
                HealthCheckIntervalSeconds: health.intervalSeconds,
                HealthCheckTimeoutSeconds: health.timeoutSeconds,
                HealthCheckPath: health.path,
                Matcher: { HttpCode: health.matcher },
              }),
        });
        const [made] = TargetGroups;
        if (key !== undefined) this.theirs[key] = made.TargetGroupArn;
        return [
          [made.TargetType, made.ProtocolVersion, made.IpAddressType],
          [made.HealthCheckProtocol, made.HealthCheckPort, made.HealthCheckPath],
          [made.HealthCheckIntervalSeconds, made.HealthCheckTimeoutSeconds],
          [made.HealthyThresholdCount, made.UnhealthyThresholdCount, made.Matcher?.HttpCode],
        ];
      },
      () => {
        const made = this.emulator.elb.createTargetGroup({
          targetGroupName: name,
          protocol: "HTTP",
          protocolVersion: "HTTP1",
          port,
          vpcId: this.ours[vpc] ?? "vpc-00000000",
          targetType: "instance",
          ipAddressType: "ipv4",
          healthCheck: {
            protocol: "HTTP",
            port: "traffic-port",
            healthyThresholdCount: 5,
            unhealthyThresholdCount: 2,
            ...health,
          },
          attributes: {},
        });
        if (key !== undefined) this.ours[key] = made.targetGroupArn;
        return shownGroup(made);
      },
    );
  }

  async loadBalancers(): Promise<void> {
    const { elb } = this.emulator;
    await this.balancer("create load balancer", { name: "web" }, "balancer");
    await this.balancer("create load balancer: name is taken", { name: "web", subnets: [1, 2] });
    await this.balancer("create load balancer: one subnet", { name: "one", subnets: [0] });
    await this.balancer("create load balancer: unknown subnet", { name: "two", subnets: [0, 9] });
    await this.balancer("create load balancer: unknown group", { name: "three", group: "none" });
    for (const name of ["a".repeat(33), "-web", "web-", "internal-web", "web_1"]) {
      await this.balancer(`create load balancer: name ${name}`, { name });
    }
    await this.compare(
      "load balancer attributes by default",
      async () =>
        attributesOf(
          await this.elb("describe_load_balancer_attributes", {
            LoadBalancerArn: this.theirs.balancer,
          }),
        ),
      () => elb.describeLoadBalancer(this.ours.balancer).attributes,
    );
    const changes: [string, string][] = [
      ["idle_timeout.timeout_seconds", "30"],
      ["idle_timeout.timeout_seconds", "4001"],
      ["idle_timeout.timeout_seconds", "0"],
      ["routing.http.desync_mitigation_mode", "none"],
      ["no.such.key", "true"],
    ];
    for (const [key, value] of changes) {
      await this.compare(
        `modify load balancer attribute ${key} to ${value}`,
        async () => {
          await this.elb("modify_load_balancer_attributes", {
            LoadBalancerArn: this.theirs.balancer,
            Attributes: [{ Key: key, Value: value }],
          });
          return "done";
        },
        () => {
          elb.modifyLoadBalancerAttributes(this.ours.balancer, { [key]: value });
          return "done";
        },
      );
    }
    await this.balancer("create a load balancer to protect", { name: "kept" }, "kept");
    const protection = [{ Key: "deletion_protection.enabled", Value: "true" }];
    const kept = { LoadBalancerArn: this.theirs.kept, Attributes: protection };
    await this.elb("modify_load_balancer_attributes", kept);
    elb.modifyLoadBalancerAttributes(this.ours.kept, { "deletion_protection.enabled": "true" });
    await this.deleteBalancer("delete a protected load balancer", "kept");
    for (const subnets of [[0, 1, 2], [0], [0, 1]]) {
      await this.compare(
        `set ${subnets.length} subnets`,
        async () => {
          const answer = await this.elb("set_subnets", {
            LoadBalancerArn: this.theirs.balancer,
            Subnets: subnets.map((index) => this.theirs[`subnet${index}`]),
          });
          return answer.AvailabilityZones.length;
        },
        () =>
          elb.setSubnets(
            this.ours.balancer,
            subnets.map((index) => this.ours[`subnet${index}`]),
          ).subnets.length,
      );
    }
    await this.compare(
      "set an unknown security group",
      async () => {
        const unknown = { LoadBalancerArn: this.theirs.balancer, SecurityGroups: ["sg-00000000"] };
        await this.elb("set_security_groups", unknown);
        return "done";
      },
      () => elb.setSecurityGroups(this.ours.balancer, ["sg-00000000"]),
    );
  }

  private deleteBalancer(call: string, key = "balancer") {
    return this.compare(
      call,
      async () => {
        await this.elb("delete_load_balancer", { LoadBalancerArn: this.theirs[key] });
        return "done";
      },
      async () => {
        await this.emulator.elb.deleteLoadBalancer(this.ours[key]);
        return "done";
      },
    );
  }

  async targetGroups(): Promise<void> {
    const { elb } = this.emulator;
    await this.group("create target group", {}, "targets");
    await this.group("create another target group", { name: "other" }, "others");
    await this.group("create target group: name is taken", { port: 81 });
    await this.group("create target group: port 0", { name: "a", port: 0 });
    await this.group("create target group: port 65536", { name: "a", port: 65536 });
    await this.group("create target group: unknown VPC", { name: "b", vpc: "none" });
    await this.group("create target group: long name", { name: "a".repeat(33) });
    await this.group("create target group: name ends with a hyphen", { name: "web-" });
    const checks = [
      { intervalSeconds: 4 },
      { intervalSeconds: 5, timeoutSeconds: 5 },
      { timeoutSeconds: 121, intervalSeconds: 300 },
      { path: "health" },
      { matcher: "100" },
      { matcher: "600" },
    ];
    for (const [index, check] of checks.entries()) {
      const call = `create target group: health check ${JSON.stringify(check)}`;
      await this.group(call, { name: `check-${index}`, check });
    }
    await this.compare(
      "target group attributes by default",
      async () =>
        attributesOf(
          await this.elb("describe_target_group_attributes", {
            TargetGroupArn: this.theirs.targets,
          }),
        ),
      () => elb.describeTargetGroup(this.ours.targets).attributes,
    );
    const changes: [string, string][] = [
      ["deregistration_delay.timeout_seconds", "1"],
      ["deregistration_delay.timeout_seconds", "3601"],
      ["slow_start.duration_seconds", "10"],
      ["stickiness.type", "source_ip"],
      ["no.such.key", "true"],
    ];
    for (const [key, value] of changes) {
      await this.compare(
        `modify target group attribute ${key} to ${value}`,
        async () => {
          const attributes = [{ Key: key, Value: value }];
          const input = { TargetGroupArn: this.theirs.targets, Attributes: attributes };
          await this.elb("modify_target_group_attributes", input);
          return "done";
        },
        () => {
          elb.modifyTargetGroupAttributes(this.ours.targets, { [key]: value });
          return "done";
        },
      );
    }
    await this.compare(
      "modify a health check: the rest stays",
      async () => {
        const input = { TargetGroupArn: this.theirs.targets, HealthCheckPath: "/health" };
        const [group] = (await this.elb("modify_target_group", input)).TargetGroups;
        return [group.HealthCheckPath, group.HealthCheckIntervalSeconds, group.Matcher.HttpCode];
      },
      () => {
        const { healthCheck } = elb.describeTargetGroup(this.ours.targets);
        const changed = elb.modifyTargetGroup(this.ours.targets, {
          ...healthCheck,
          path: "/health",
        });
        const { path, intervalSeconds, matcher } = changed.healthCheck;
        return [path, intervalSeconds, matcher];
      },
    );
    const register = (call: string, id: "server" | "none", operation: "register" | "deregister") =>
      this.compare(
        call,
        async () => {
          const targets = [{ Id: this.theirs[id] ?? "i-00000000", Port: 80 }];
          const input = { TargetGroupArn: this.theirs.targets, Targets: targets };
          await this.elb(`${operation}_targets`, input);
          return "done";
        },
        () => {
          const target = { id: this.ours[id] ?? "i-00000000", port: 80 };
          if (operation === "register") elb.registerTarget(this.ours.targets, target);
          else elb.deregisterTarget(this.ours.targets, target);
          return "done";
        },
      );
    await register("register a server", "server", "register");
    await register("register a server again", "server", "register");
    await register("register an unknown server", "none", "register");
    await this.compare(
      "health of a target in no load balancer",
      async () => {
        const input = { TargetGroupArn: this.theirs.targets };
        const { TargetHealthDescriptions } = await this.elb("describe_target_health", input);
        return TargetHealthDescriptions.map(({ TargetHealth }: Answer) => [
          TargetHealth.State,
          TargetHealth.Reason,
        ]);
      },
      () => elb.describeTargetHealth(this.ours.targets).map(({ state, reason }) => [state, reason]),
    );
    await register("deregister a server", "server", "deregister");
    await register("deregister an unknown server", "none", "deregister");
  }

  private listener(
    call: string,
    change: {
      port?: number;
      https?: boolean;
      certificate?: string;
      balancer?: string;
      targets?: string;
    },
    key?: string,
  ) {
    const {
      port = 80,
      https = false,
      certificate,
      balancer = "balancer",
      targets = "targets",
    } = change;
    const protocol = https ? "HTTPS" : "HTTP";
    return this.compare(
      call,
      async () => {
        const { Listeners } = await this.elb("create_listener", {
          LoadBalancerArn: this.theirs[balancer] ?? `${this.theirs.balancer}0`,
          Port: port,
          Protocol: protocol,
          ...(certificate === undefined
            ? {}
            : {
                Certificates: [
                  { CertificateArn: this.theirs[certificate] ?? unknown(this.theirs.certificate) },
                ],
              }),
          DefaultActions: [
            { Type: "forward", TargetGroupArn: this.theirs[targets] ?? `${this.theirs.targets}0` },
          ],
        });
        const [made] = Listeners;
        if (key !== undefined) this.theirs[key] = made.ListenerArn;
        return [made.Port, made.Protocol, made.SslPolicy ?? "none"];
      },
      async () => {
        const made = await this.emulator.elb.createListener({
          loadBalancerArn: this.ours[balancer] ?? `${this.ours.balancer}0`,
          port,
          protocol,
          ...(certificate === undefined
            ? {}
            : { certificateArn: this.ours[certificate] ?? unknown(this.ours.certificate) }),
          defaultAction: {
            type: "forward",
            targetGroupArn: this.ours[targets] ?? `${this.ours.targets}0`,
          },
        });
        if (key !== undefined) this.ours[key] = made.listenerArn;
        return [made.port, made.protocol, made.sslPolicy ?? "none"];
      },
    );
  }

  async listeners(): Promise<void> {
    const { elb } = this.emulator;
    await this.listener("create listener", {}, "listener");
    await this.listener("create listener: port is taken", {});
    await this.listener("create listener: port 0", { port: 0 });
    await this.listener("create listener: port 65536", { port: 65536 });
    await this.listener("create listener: unknown load balancer", { port: 81, balancer: "none" });
    await this.listener("create listener: unknown target group", { port: 82, targets: "none" });
    await this.listener("create listener: HTTPS without certificate", { port: 443, https: true });
    await this.listener("create listener: unknown certificate", {
      port: 443,
      https: true,
      certificate: "none",
    });
    await this.listener(
      "create listener: HTTPS",
      { port: 443, https: true, certificate: "certificate" },
      "secure",
    );
    await this.compare(
      "delete a target group in use",
      () => this.elb("delete_target_group", { TargetGroupArn: this.theirs.targets }),
      () => {
        elb.deleteTargetGroup(this.ours.targets);
      },
    );
    await this.compare(
      "remove the default certificate",
      () =>
        this.elb("remove_listener_certificates", {
          ListenerArn: this.theirs.secure,
          Certificates: [{ CertificateArn: this.theirs.certificate }],
        }).then(() => "done"),
      () =>
        elb.removeListenerCertificate(this.ours.secure, this.ours.certificate).then(() => "done"),
    );
    await this.compare(
      "certificates of a listener",
      async () => {
        const input = { ListenerArn: this.theirs.secure };
        const { Certificates } = await this.elb("describe_listener_certificates", input);
        return Certificates.map(({ IsDefault }: Answer) => IsDefault === true);
      },
      () => elb.describeListenerCertificates(this.ours.secure).map(({ isDefault }) => isDefault),
    );
    await this.compare(
      "listener attributes by default",
      async () =>
        attributesOf(
          await this.elb("describe_listener_attributes", { ListenerArn: this.theirs.listener }),
        ),
      () => elb.describeListenerAttributes(this.ours.listener),
    );
    const forward = (call: string, weights: [string, number][]) =>
      this.compare(
        call,
        async () => {
          const groups = weights.map(([key, weight]) => ({
            TargetGroupArn: this.theirs[key],
            Weight: weight,
          }));
          const action = { Type: "forward", ForwardConfig: { TargetGroups: groups } };
          await this.elb("modify_listener", {
            ListenerArn: this.theirs.listener,
            DefaultActions: [action],
          });
          return "done";
        },
        async () => {
          const groups = weights.map(([key, weight]) => ({
            targetGroupArn: this.ours[key],
            weight,
          }));
          const action: Action = { type: "forward", targetGroups: groups };
          const { port, protocol } = elb.describeListener(this.ours.listener);
          await elb.modifyListener(this.ours.listener, { port, protocol, defaultAction: action });
          return "done";
        },
      );
    await forward("forward by weight", [
      ["targets", 1],
      ["others", 0],
    ]);
    await forward("forward with weight 1000", [
      ["targets", 1000],
      ["others", 0],
    ]);
    await forward("forward twice to one group", [
      ["targets", 1],
      ["targets", 1],
    ]);
    await forward(
      "forward to six groups",
      Array.from({ length: 6 }, () => ["targets", 1] as [string, number]),
    );
    await this.compare(
      "move a listener to a port that is taken",
      () =>
        this.elb("modify_listener", { ListenerArn: this.theirs.listener, Port: 443 }).then(
          () => "done",
        ),
      () => {
        const { protocol, defaultAction } = elb.describeListener(this.ours.listener);
        return elb
          .modifyListener(this.ours.listener, { port: 443, protocol, defaultAction })
          .then(() => "done");
      },
    );
  }

  private rule(
    call: string,
    { priority = 1, paths = ["/a"], key }: { priority?: number; paths?: string[]; key?: string },
  ) {
    return this.compare(
      call,
      async () => {
        const { Rules } = await this.elb("create_rule", {
          ListenerArn: this.theirs.listener,
          Priority: priority,
          Conditions:
            paths.length === 0
              ? []
              : [{ Field: "path-pattern", PathPatternConfig: { Values: paths } }],
          Actions: [{ Type: "forward", TargetGroupArn: this.theirs.targets }],
        });
        if (key !== undefined) this.theirs[key] = Rules[0].RuleArn;
        return [Rules[0].Priority, Rules[0].IsDefault];
      },
      () => {
        const made = this.emulator.elb.createRule({
          listenerArn: this.ours.listener,
          priority,
          conditions: paths.length === 0 ? [] : [{ field: "path-pattern", values: paths }],
          action: { type: "forward", targetGroupArn: this.ours.targets },
        });
        if (key !== undefined) this.ours[key] = made.ruleArn;
        return [String(made.priority), false];
      },
    );
  }

  async rules(): Promise<void> {
    const { elb } = this.emulator;
    await this.rule("create rule", { key: "rule" });
    await this.rule("create another rule", { priority: 2, key: "rule2" });
    await this.rule("create rule: priority is taken", {});
    await this.rule("create rule: priority 0", { priority: 0 });
    await this.rule("create rule: priority 50001", { priority: 50001 });
    await this.rule("create rule: no condition", { priority: 3, paths: [] });
    await this.rule("create rule: six values", {
      priority: 4,
      paths: ["/1", "/2", "/3", "/4", "/5", "/6"],
    });
    await this.rule("create rule: long value", { priority: 5, paths: [`/${"a".repeat(128)}`] });
    const priorities = (call: string, wanted: [string, number][]) =>
      this.compare(
        call,
        async () => {
          const pairs = wanted.map(([key, Priority]) => ({ RuleArn: this.theirs[key], Priority }));
          const { Rules } = await this.elb("set_rule_priorities", { RulePriorities: pairs });
          return Rules.map(({ Priority }: Answer) => Number(Priority)).sort();
        },
        () =>
          elb
            .setRulePriorities(
              wanted.map(([key, priority]) => ({ ruleArn: this.ours[key], priority })),
            )
            .map(({ priority }) => priority)
            .sort(),
      );
    await priorities("set a priority that is taken", [["rule", 2]]);
    await priorities("exchange two priorities", [
      ["rule", 2],
      ["rule2", 1],
    ]);
    await priorities("set one priority twice", [
      ["rule", 7],
      ["rule2", 7],
    ]);
    await this.compare(
      "modify a rule: its conditions stay",
      async () => {
        const actions = [{ Type: "forward", TargetGroupArn: this.theirs.others }];
        const input = { RuleArn: this.theirs.rule, Actions: actions };
        const [changed] = (await this.elb("modify_rule", input)).Rules;
        return [changed.Conditions.length, changed.Actions.length];
      },
      () => {
        const action: Action = { type: "forward", targetGroupArn: this.ours.others };
        return [elb.modifyRule(this.ours.rule, { action }).conditions.length, 1];
      },
    );
    for (const call of ["delete a rule", "delete a rule again"]) {
      await this.compare(
        call,
        () => this.elb("delete_rule", { RuleArn: this.theirs.rule }).then(() => "done"),
        () => {
          elb.deleteRule(this.ours.rule);
          return "done";
        },
      );
    }
    for (const call of ["delete a listener", "delete a listener again"]) {
      await this.compare(
        call,
        () => this.elb("delete_listener", { ListenerArn: this.theirs.secure }).then(() => "done"),
        () => elb.deleteListener(this.ours.secure).then(() => "done"),
      );
    }
  }

  async ends(): Promise<void> {
    await this.deleteBalancer("delete a load balancer that has a listener");
    await this.deleteBalancer("delete a load balancer again");
    await this.compare(
      "describe a listener of a load balancer that is gone",
      () =>
        this.elb("describe_listeners", { ListenerArns: [this.theirs.listener] }).then(
          () => "found",
        ),
      () => {
        this.emulator.elb.describeListener(this.ours.listener);
        return "found";
      },
    );
    for (const call of ["delete a target group", "delete a target group again"]) {
      await this.compare(
        call,
        () =>
          this.elb("delete_target_group", { TargetGroupArn: this.theirs.targets }).then(
            () => "done",
          ),
        () => {
          this.emulator.elb.deleteTargetGroup(this.ours.targets);
          return "done";
        },
      );
    }
  }

  async securityGroups(): Promise<void> {
    const { securityGroups } = this.emulator.ec2;
    for (const [key, name] of Object.entries({ front: "front", back: "back" })) {
      const input = { GroupName: name, Description: name, VpcId: this.theirs.vpc };
      this.theirs[key] = (await this.moto.call("ec2", "create_security_group", input)).GroupId;
      const own = { groupName: name, description: name, vpcId: this.ours.vpc };
      this.ours[key] = securityGroups.create(own).groupId;
    }
    await this.compare(
      "create security group: name is taken",
      () =>
        this.moto.call("ec2", "create_security_group", {
          GroupName: "front",
          Description: "front",
          VpcId: this.theirs.vpc,
        }),
      () => securityGroups.create({ groupName: "front", description: "", vpcId: this.ours.vpc }),
    );
    const allow = (call: string, group: string, peer: string, ports = [80, 80]) =>
      this.compare(
        call,
        async () => {
          const isGroup = peer in this.theirs;
          const pair = isGroup
            ? { UserIdGroupPairs: [{ GroupId: this.theirs[peer] }] }
            : { IpRanges: [{ CidrIp: peer }] };
          const permission = { IpProtocol: "tcp", FromPort: ports[0], ToPort: ports[1], ...pair };
          const input = {
            GroupId: this.theirs[group] ?? "sg-00000000",
            IpPermissions: [permission],
          };
          const { SecurityGroupRules } = await this.moto.call(
            "ec2",
            "authorize_security_group_ingress",
            input,
          );
          this.theirs.sgr = SecurityGroupRules[0].SecurityGroupRuleId;
          return SecurityGroupRules.length;
        },
        () => {
          const isGroup = peer in this.ours;
          const content = isGroup ? { referencedGroupId: this.ours[peer] } : { cidrIpv4: peer };
          const rule = securityGroups.authorize(this.ours[group] ?? "sg-00000000", false, {
            ipProtocol: "tcp",
            fromPort: ports[0],
            toPort: ports[1],
            ...content,
          });
          this.ours.sgr = rule.securityGroupRuleId;
          return 1;
        },
      );
    await allow("admit a network", "front", "10.0.0.0/8");
    await allow("admit a network again", "front", "10.0.0.0/8");
    await allow("admit a malformed network", "front", "10.0.0.0/33");
    await allow("admit in an unknown group", "none", "10.0.0.0/8");
    await allow("admit on ports that are exchanged", "front", "10.0.0.0/8", [90, 80]);
    await allow("admit another group", "back", "front");
    const remove = (call: string, group: string) =>
      this.compare(
        call,
        () =>
          this.moto
            .call("ec2", "delete_security_group", { GroupId: this.theirs[group] })
            .then(() => "done"),
        () => {
          securityGroups.delete(this.ours[group]);
          return "done";
        },
      );
    await remove("delete a security group that another one admits", "front");
    for (const call of ["revoke a rule", "revoke a rule again"]) {
      await this.compare(
        call,
        () =>
          this.moto
            .call("ec2", "revoke_security_group_ingress", {
              GroupId: this.theirs.back,
              SecurityGroupRuleIds: [this.theirs.sgr],
            })
            .then(() => "done"),
        () => {
          securityGroups.revoke(this.ours.sgr);
          return "done";
        },
      );
    }
    await remove("delete a security group", "front");
    await remove("delete a security group again", "front");
  }

  async certificates(): Promise<void> {
    const acm = new EmulatedAcm(this.account, this.emulator.route53, (arn) =>
      this.emulator.elb.usesCertificate(arn),
    );
    await this.compare(
      "request a certificate",
      async () => {
        const names = ["www.example.com", "api.example.com"];
        const { CertificateArn } = await this.moto.call("acm", "request_certificate", {
          DomainName: names[0],
          SubjectAlternativeNames: names.slice(1),
          ValidationMethod: "DNS",
        });
        this.theirs.requested = CertificateArn;
        const input = { CertificateArn };
        const { Certificate } = await this.moto.call("acm", "describe_certificate", input);
        return [Certificate.Status, [...Certificate.SubjectAlternativeNames].sort()];
      },
      () => {
        const made = acm.request(["www.example.com", "api.example.com"]);
        this.ours.requested = made.certificateArn;
        return [made.status, [...made.domainNames].sort()];
      },
    );
    for (const call of ["delete a certificate", "delete a certificate again"]) {
      await this.compare(
        call,
        () =>
          this.moto
            .call("acm", "delete_certificate", { CertificateArn: this.theirs.requested })
            .then(() => "done"),
        () => {
          acm.delete(this.ours.requested);
          return "done";
        },
      );
    }
  }

  async records(): Promise<void> {
    const zone = { Name: "example.com", CallerReference: "1" };
    const { HostedZone } = await this.moto.call("route53", "create_hosted_zone", zone);
    const [{ zoneId }] = this.account.hostedZones;
    const change = (
      call: string,
      action: "CREATE" | "UPSERT" | "DELETE",
      name = "a.example.com",
      isKnown = true,
    ) =>
      this.compare(
        call,
        async () => {
          const set = { Name: name, Type: "A", TTL: 300, ResourceRecords: [{ Value: "10.0.0.1" }] };
          await this.moto.call("route53", "change_resource_record_sets", {
            HostedZoneId: isKnown ? HostedZone.Id : "Z00000000",
            ChangeBatch: { Changes: [{ Action: action, ResourceRecordSet: set }] },
          });
          return "done";
        },
        () => {
          const set = { name, type: "A", ttl: 300, values: ["10.0.0.1"] };
          this.emulator.route53.change(action, isKnown ? zoneId : "Z00000000", set);
          return "done";
        },
      );
    await change("create a record", "CREATE");
    await change("create a record again", "CREATE");
    await change("put a record", "UPSERT");
    await change("create a record of another domain", "CREATE", "a.example.org");
    await change("create a record in an unknown zone", "CREATE", "a.example.com", false);
    await change("delete a record", "DELETE");
    await change("delete a record again", "DELETE");
  }

  async webAcls(): Promise<void> {
    await this.balancer("create a load balancer for a web ACL", { name: "guarded" }, "guarded");
    const acl = await this.moto.call("wafv2", "create_web_acl", {
      Name: "acl",
      Scope: "REGIONAL",
      DefaultAction: { Allow: {} },
      VisibilityConfig: {
        SampledRequestsEnabled: false,
        CloudWatchMetricsEnabled: false,
        MetricName: "acl",
      },
    });
    const { webAcls } = this.emulator.ec2;
    const found = (call: string) =>
      this.compare(
        call,
        async () => {
          const input = { ResourceArn: this.theirs.guarded };
          const { WebACL } = await this.moto.call("wafv2", "get_web_acl_for_resource", input);
          return WebACL !== undefined;
        },
        () => webAcls.find(this.ours.guarded) !== undefined,
      );
    const associate = (call: string, theirs: string, ours: string) =>
      this.compare(
        call,
        async () => {
          const input = { WebACLArn: theirs, ResourceArn: this.theirs.guarded };
          await this.moto.call("wafv2", "associate_web_acl", input);
          return "done";
        },
        () => {
          webAcls.associate(ours, this.ours.guarded);
          return "done";
        },
      );
    const [{ arn }] = this.account.webAcls;
    await associate("associate an unknown web ACL", unknown(acl.Summary.ARN), unknown(arn));
    await associate("associate a web ACL", acl.Summary.ARN, arn);
    await found("web ACL of a load balancer");
    await this.compare(
      "disassociate a web ACL",
      () =>
        this.moto
          .call("wafv2", "disassociate_web_acl", { ResourceArn: this.theirs.guarded })
          .then(() => "done"),
      () => {
        webAcls.disassociate(this.ours.guarded);
        return "done";
      },
    );
    await found("web ACL of a load balancer without one");
  }

  async autoScaling(): Promise<void> {
    await this.group("create a target group for Auto Scaling", { name: "scaled" }, "scaled");
    const template = {
      LaunchTemplateName: "template",
      LaunchTemplateData: { ImageId: "ami-12c6146b", InstanceType: "t3.micro" },
    };
    await this.moto.call("ec2", "create_launch_template", template);
    await this.moto.call("autoscaling", "create_auto_scaling_group", {
      AutoScalingGroupName: "fleet",
      MinSize: 0,
      MaxSize: 0,
      LaunchTemplate: { LaunchTemplateName: "template" },
      VPCZoneIdentifier: this.theirs.subnet0,
    });
    this.account.autoScalingGroups.push({
      autoScalingGroupName: "fleet",
      instanceIds: [],
      targetGroupArns: [],
    });
    const { autoScaling } = this.emulator;
    const change = (
      call: string,
      operation: "attach" | "detach",
      group = "scaled",
      name = "fleet",
    ) =>
      this.compare(
        call,
        async () => {
          await this.moto.call("autoscaling", `${operation}_load_balancer_target_groups`, {
            AutoScalingGroupName: name,
            TargetGroupARNs: [this.theirs[group] ?? unknown(this.theirs.scaled)],
          });
          return "done";
        },
        () => {
          const arn = this.ours[group] ?? unknown(this.ours.scaled);
          if (operation === "attach") autoScaling.attachTargetGroup(name, arn);
          else autoScaling.detachTargetGroup(name, arn);
          return "done";
        },
      );
    await change("attach a target group", "attach");
    await change("attach a target group again", "attach");
    await change("attach an unknown target group", "attach", "none");
    await change("attach to an unknown Auto Scaling group", "attach", "scaled", "none");
    await change("detach a target group", "detach");
    await change("detach a target group again", "detach");
  }

  async permissions(): Promise<void> {
    const trust = { Version: "2012-10-17", Statement: [] };
    const role = { RoleName: "role", AssumeRolePolicyDocument: JSON.stringify(trust) };
    const { Role } = await this.moto.call("iam", "create_role", role);
    const { FunctionArn } = await this.moto.call("lambda", "create_function", {
      FunctionName: "f",
      Role: Role.Arn,
      Runtime: "nodejs20.x",
      Handler: "index.handler",
      Code: { ZipFile: EMPTY_ARCHIVE },
    });
    const functionArn = "arn:aws:lambda:us-west-2:123456789012:function:f";
    this.account.functions.push({ functionArn, handler: () => undefined, permissions: [] });
    const lambda = new EmulatedLambda(this.account);
    const principal = "elasticloadbalancing.amazonaws.com";
    const action = "lambda:InvokeFunction";
    const add = (call: string, theirs: string, ours: string) =>
      this.compare(
        call,
        async () => {
          const input = {
            FunctionName: theirs,
            StatementId: "s",
            Action: action,
            Principal: principal,
          };
          await this.moto.call("lambda", "add_permission", input);
          return "done";
        },
        () => {
          lambda.addPermission(ours, { statementId: "s", action, principal });
          return "done";
        },
      );
    const remove = (call: string) =>
      this.compare(
        call,
        () =>
          this.moto
            .call("lambda", "remove_permission", { FunctionName: FunctionArn, StatementId: "s" })
            .then(() => "done"),
        () => {
          lambda.removePermission(functionArn, "s");
          return "done";
        },
      );
    await add("permit", FunctionArn, functionArn);
    await add("permit again", FunctionArn, functionArn);
    await add("permit for an unknown function", `${FunctionArn}0`, `${functionArn}0`);
    await remove("take a permission back");
    await remove("take a permission back again");
  }
}

async function outcomeOf(call: () => Outcome): Promise<Outcome> {
  try {
    // As JSON has it, for the table of decisions.
    return JSON.parse(JSON.stringify((await call()) ?? null)) as Outcome;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === undefined) throw error;
    return `refused: ${code}`;
  }
}

const EMPTY_ARCHIVE = "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==";

/** The ARN of something that is not there. */
const unknown = (arn: string) => arn.replace(/[^/]+$/, randomUUID());

function attributesOf({ Attributes }: Answer): Record<string, string> {
  return Object.fromEntries(Attributes.map(({ Key, Value }: Answer) => [Key, Value ?? ""]));
}

function shownGroup(group: TargetGroup): Outcome {
  const { healthCheck: check } = group;
  return [
    [group.targetType, group.protocolVersion, group.ipAddressType],
    [check.protocol, check.port, check.path],
    [check.intervalSeconds, check.timeoutSeconds],
    [check.healthyThresholdCount, check.unhealthyThresholdCount, check.matcher],
  ];
}
