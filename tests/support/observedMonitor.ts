import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";

/** One resource as it was registered. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  /** What was sent, with `UNKNOWN` for what is not known and `{ secret }` around what is secret. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The names of other resources. */
  readonly parent?: string;
  readonly dependencies: string[];
  readonly replaceWith: string[];
  /** Former names and URNs, without those that @pulumi/aws gives its resources' former types. */
  readonly aliases: string[];
  readonly ignoreChanges: string[];
  /** What it is imported by. */
  readonly importId: string;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly provider: string;
}

/** One question to a provider. */
export interface Invocation {
  readonly token: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly provider: string;
}

/** What a program asked of the engine. */
export interface Requests {
  readonly registrations: Registration[];
  readonly invocations: Invocation[];
  /** The outputs that were registered, by the resource's name. */
  readonly outputs: Record<string, unknown>;
}

export const UNKNOWN = "<unknown>";

/** Records the requests between the program and the mock monitor, of which mocks see only a part. */
export function observeMonitor({ isAws }: { isAws: boolean }): Requests {
  const monitor = (pulumi.runtime as unknown as { getMonitor: () => Monitor }).getMonitor();
  // The component recognizes mocks by this class.
  const methods = Object.getOwnPropertyDescriptors(MockMonitor.prototype);
  if (isAws) Object.setPrototypeOf(monitor, Object.create(null, methods) as object);
  const requests: Requests = { registrations: [], invocations: [], outputs: {} };
  const names = new Map<string, string>();
  const registerResource = monitor.registerResource.bind(monitor);
  const registerResourceOutputs = monitor.registerResourceOutputs.bind(monitor);
  const invoke = monitor.invoke.bind(monitor);

  monitor.registerResource = (request, callback) => {
    requests.registrations.push(registrationOf(request, names));
    return registerResource(request, (error, response) => {
      if (response !== undefined) names.set(response.getUrn(), request.getName());
      callback(error, response);
    });
  };
  monitor.registerResourceOutputs = (request, callback) => {
    const name = names.get(request.getUrn()) ?? request.getUrn();
    requests.outputs[name] = readable(request.getOutputs().toJavaScript());
    registerResourceOutputs(request, callback);
  };
  monitor.invoke = (request, callback) => {
    requests.invocations.push({
      token: request.getTok(),
      inputs: request.getArgs().toJavaScript(),
      provider: request.getProvider(),
    });
    return invoke(request, callback);
  };
  return requests;
}

function registrationOf(request: ResourceRequest, names: ReadonlyMap<string, string>) {
  const nameOf = (urn: string) => names.get(urn) ?? urn;
  const parent = request.getParent();
  return {
    type: request.getType(),
    name: request.getName(),
    inputs: readable(request.getObject().toJavaScript()) as Record<string, unknown>,
    parent: parent === "" ? undefined : nameOf(parent),
    dependencies: request.getDependenciesList().map(nameOf).sort(),
    replaceWith: request.getReplaceWithList().map(nameOf).sort(),
    aliases: request
      .getAliasesList()
      .map((one) => one.getSpec()?.getName() ?? one.getUrn())
      .filter((alias) => alias !== ""),
    ignoreChanges: request.getIgnorechangesList(),
    importId: request.getImportid(),
    protect: request.getProtect(),
    retainOnDelete: request.getRetainondelete(),
    provider: request.getProvider(),
  };
}

/** What marks a secret and an unknown between a program and the engine. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** The inputs without the marks of secrets, as a provider gets them. */
export function withoutSecretMarks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecretMarks);
  if (typeof value !== "object" || value === null) return value;
  const record = value as Record<string, unknown>;
  if (record[SIGNATURE] === SECRET) return withoutSecretMarks(record.value);
  return Object.fromEntries(
    Object.entries(record).map(([key, one]) => [key, withoutSecretMarks(one)]),
  );
}

/** The inputs as a test reads them. */
function readable(value: unknown): unknown {
  if (value === unknownValue) return UNKNOWN;
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  const record = value as Record<string, unknown>;
  if (record[SIGNATURE] === SECRET) return { secret: readable(record.value) };
  return Object.fromEntries(Object.entries(record).map(([key, one]) => [key, readable(one)]));
}

type Callback = (error: Error | null, response?: { getUrn(): string }) => void;

interface Monitor {
  registerResource(request: ResourceRequest, callback: Callback): Promise<void>;
  registerResourceOutputs(request: OutputsRequest, callback: unknown): void;
  invoke(request: InvokeRequest, callback: unknown): Promise<void>;
}

interface Struct {
  toJavaScript(): Record<string, unknown>;
}

interface ResourceRequest {
  getType(): string;
  getName(): string;
  getObject(): Struct;
  getParent(): string;
  getDependenciesList(): string[];
  getReplaceWithList(): string[];
  getAliasesList(): { getSpec(): { getName(): string } | undefined; getUrn(): string }[];
  getIgnorechangesList(): string[];
  getImportid(): string;
  getProtect(): boolean | undefined;
  getRetainondelete(): boolean | undefined;
  getProvider(): string;
}

interface OutputsRequest {
  getUrn(): string;
  getOutputs(): Struct;
}

interface InvokeRequest {
  getTok(): string;
  getArgs(): Struct;
  getProvider(): string;
}
