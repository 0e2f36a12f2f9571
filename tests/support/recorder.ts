import * as pulumi from "@pulumi/pulumi";
import * as state from "@pulumi/pulumi/runtime/state";
import { ACCOUNT, answersOf, type Answer } from "./account";
import { observeMonitor, UNKNOWN, type Registration, type Requests } from "./observedMonitor";

export { UNKNOWN, type Registration };

/** What a program did on the mock runtime. */
export interface Recording extends Requests {
  readonly warnings: string[];
  /** What failed after the program had run: each message once. */
  readonly failures: string[];
  /** The one registration of this name. */
  readonly find: (name: string) => Registration;
}

export interface RecorderOptions {
  /** Whether it is a preview, in which what AWS computes is unknown. */
  readonly preview?: boolean;
  /** The names of resources that exist already, so that a preview knows them. */
  readonly existing?: readonly string[];
  readonly answer?: Answer;
  /** Creates the resources; otherwise each exists with what AWS computes for its type. */
  readonly create?: pulumi.runtime.Mocks["newResource"];
  /** Whether AWS answers, and not the mocks of a unit test, which may leave out anything. */
  readonly isAws?: boolean;
  /** Whether the program catches the failure itself, after which nothing more happens. */
  readonly isCaught?: boolean;
}

/** Runs a program on the mock runtime until all that it started has ended. */
export async function record(
  program: () => unknown,
  {
    preview = false,
    existing = [],
    answer = answersOf(ACCOUNT),
    isCaught = false,
    isAws = false,
    create = (resource) => created(resource, preview && !existing.includes(resource.name)),
  }: RecorderOptions = {},
): Promise<Recording> {
  await pulumi.runtime.setMocks(
    {
      newResource: create,
      call: async ({ token, inputs }) => answer(token, inputs as Record<string, unknown>),
    },
    "load-balanced-group",
    "test",
    preview,
  );
  const { registrations, ...requests } = observeMonitor({ isAws });
  const find = (name: string): Registration => {
    const found = registrations.filter((one) => one.name === name);
    if (found.length !== 1) throw new Error(`${name} was registered ${found.length} times`);
    return found[0];
  };
  const timers = runningTimers();
  const listening = listen();
  const { stackTraceLimit } = Error;
  // The runtime takes a stack for each promise, which is most of the time that a test would take.
  Error.stackTraceLimit = 0;
  try {
    await program();
    await settle(isCaught ? Promise.resolve() : listening.failure, timers);
  } finally {
    listening.stop();
    Error.stackTraceLimit = stackTraceLimit;
  }
  const { warnings, failures } = listening;
  return { ...requests, registrations, find, warnings, failures: [...failures] };
}

/** The value of an output. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return (output as unknown as { promise(): Promise<T> }).promise();
}

/** What the runtime notes of what is under way. */
interface Store {
  readonly leakCandidates: Set<Promise<unknown>>;
}

/** Waits until nothing is under way any more: no request, no `apply`, and no timer of the program. */
async function settle(failure: Promise<void>, timers: number): Promise<void> {
  const { leakCandidates } = (state as unknown as { getStore: () => Store }).getStore();
  const end = failure.then(() => "failed");
  while (leakCandidates.size > 0 || runningTimers() > timers) {
    const all = Promise.allSettled(leakCandidates).then(() => new Promise(setImmediate));
    // What needs a resource that failed waits for ever, so a failure ends it all, as in the runtime.
    if ((await Promise.race([all, end])) === "failed") break;
  }
  // What nobody catches is reported in a later turn than it happens, and more may follow it.
  for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
  // What waits for ever would otherwise be a fault of the process when it exits.
  leakCandidates.clear();
}

const runningTimers = () =>
  process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;

/** Takes the warnings, which go to the console without an engine, and what nobody has caught. */
function listen() {
  const warnings: string[] = [];
  const failures = new Set<string>();
  const others = process.listeners("unhandledRejection");
  const warn = console.warn.bind(console);
  console.warn = (message: string) => {
    warnings.push(message.replace(/^warning: \[runtime\] /, ""));
  };
  process.removeAllListeners("unhandledRejection");
  // The runtime reads some failed outputs once more, later. Without a listener, Node warns of that.
  const caughtLate = () => undefined;
  process.on("rejectionHandled", caughtLate);
  const failure = new Promise<void>((resolve) => {
    process.on("unhandledRejection", (reason) => {
      failures.add(reason instanceof Error ? reason.message : String(reason));
      resolve();
    });
  });
  return {
    warnings,
    failures,
    failure,
    stop() {
      console.warn = warn;
      process.off("rejectionHandled", caughtLate);
      process.removeAllListeners("unhandledRejection");
      others.forEach((listener) => process.on("unhandledRejection", listener));
    },
  };
}

type Computed = (
  name: string,
  inputs: Readonly<Record<string, unknown>>,
) => Readonly<Record<string, unknown>>;
const nothing: Computed = () => ({});

/** The resources that exist, and what AWS computes for them. */
const KINDS: Readonly<Record<string, Computed>> = {
  "aws:ec2/subnet:Subnet": nothing,
  "test:index:Network": nothing,
  "load-balanced-group:index:LoadBalancedGroup": nothing,
  "load-balanced-group:index:LoadBalancedService": nothing,
  "aws:lb/loadBalancer:LoadBalancer": (name) => ({
    arn: `arn:${name}`,
    arnSuffix: `app/${name}`,
    dnsName: `${name}.elb.test`,
    name,
    region: "us-west-2",
    zoneId: "Z1",
  }),
  "aws:lb/targetGroup:TargetGroup": (name) => ({
    arn: `arn:${name}`,
    arnSuffix: `tg/${name}`,
    name,
  }),
  "aws:lb/listener:Listener": (name) => ({ arn: `arn:${name}` }),
  "aws:acm/certificate:Certificate": (name, { domainName, subjectAlternativeNames = [] }) => ({
    arn: `arn:${name}`,
    domainValidationOptions: [domainName, subjectAlternativeNames].flat().map((one) => ({
      domainName: one,
      resourceRecordName: `_proof.${String(one).replace(/^\*\./, "")}.`,
      resourceRecordType: "CNAME",
      resourceRecordValue: "_value.acm-validations.aws.",
    })),
  }),
  "aws:acm/certificateValidation:CertificateValidation": nothing,
  "aws:route53/record:Record": (_, { name }) => ({ fqdn: name }),
  "aws:lb/listenerCertificate:ListenerCertificate": nothing,
  "aws:lb/listenerRule:ListenerRule": (name) => ({ arn: `arn:${name}` }),
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": nothing,
  "aws:autoscaling/attachment:Attachment": nothing,
  "aws:lambda/permission:Permission": nothing,
  "aws:ec2/securityGroup:SecurityGroup": nothing,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": nothing,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": nothing,
  "aws:cloudwatch/metricAlarm:MetricAlarm": nothing,
  "aws:cloudwatch/dashboard:Dashboard": nothing,
  "aws:wafv2/webAclAssociation:WebAclAssociation": nothing,
  "aws:s3/bucket:Bucket": (name) => ({ arn: `arn:aws:s3:::${name}`, bucket: name }),
  "aws:s3/bucketPolicy:BucketPolicy": nothing,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": nothing,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": nothing,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": nothing,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": nothing,
  // What programs around a group make.
  "pulumi:providers:aws": nothing,
  "aws:ec2/instance:Instance": nothing,
  "awsx:ec2:Vpc": (name) => ({ vpcId: `vpc-${name}`, publicSubnetIds: ["subnet-a", "subnet-b"] }),
};

function created({ type, name, inputs }: pulumi.runtime.MockResourceArgs, preview: boolean) {
  const compute = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (compute === undefined) throw new Error(`unknown type ${type}`);
  const state = inputs as Record<string, unknown>;
  return preview
    ? { id: undefined, state }
    : { id: `${name}-id`, state: { ...state, ...compute(name, state) } };
}
