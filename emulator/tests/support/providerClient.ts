import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** The engine's mark of a value that is not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

export type Bag = Record<string, unknown>;

export interface Diff {
  kinds: Record<string, string>;
  replaces: string[];
  deleteBeforeReplace: boolean;
}

export function secret(value: unknown): unknown {
  return { [SIGNATURE]: SECRET, value };
}

/** Speaks to a provider as the engine does, in plain objects. */
export class ProviderClient {
  private readonly client: ResourceProviderClient;

  constructor(environment: Record<string, string>) {
    const port = environment.PULUMI_DEBUG_PROVIDERS.split(":")[1];
    const credentials = grpc.credentials.createInsecure();
    this.client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials);
  }

  close(): void {
    this.client.close();
  }

  async checkConfig(news: Bag): Promise<string[]> {
    const request = new messages.CheckRequest().setNews(struct(news));
    const response = await this.call<messages.CheckResponse>("checkConfig", request);
    return response.getFailuresList().map((failure) => failure.getReason());
  }

  async check(
    token: string,
    news: Bag,
    { olds = {}, name = "web", seed = "" }: { olds?: Bag; name?: string; seed?: string } = {},
  ): Promise<{ inputs: Bag; failures: string[] }> {
    const request = new messages.CheckRequest().setUrn(urn(token, name));
    request.setOlds(struct(olds)).setNews(struct(news));
    request.setRandomseed(Buffer.from(seed));
    const response = await this.call<messages.CheckResponse>("check", request);
    return {
      inputs: plain(response.getInputs()),
      failures: response.getFailuresList().map((failure) => failure.getReason()),
    };
  }

  async diff(token: string, olds: Bag, news: Bag, ignoreChanges: string[] = []): Promise<Diff> {
    const request = new messages.DiffRequest().setUrn(urn(token, "web"));
    request.setOlds(struct(olds)).setNews(struct(news)).setIgnorechangesList(ignoreChanges);
    const response = await this.call<messages.DiffResponse>("diff", request);
    const kinds: Record<string, string> = {};
    response.getDetaileddiffMap().forEach((difference, path) => {
      kinds[path] = kindName(difference.getKind());
    });
    return {
      kinds,
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
    };
  }

  async create(
    token: string,
    inputs: Bag,
    { preview = false, timeout = 0 }: { preview?: boolean; timeout?: number } = {},
  ): Promise<{ id: string; state: Bag }> {
    const request = new messages.CreateRequest().setUrn(urn(token, "web"));
    request.setProperties(struct(inputs)).setPreview(preview).setTimeout(timeout);
    const response = await this.call<messages.CreateResponse>("create", request);
    return { id: response.getId(), state: plain(response.getProperties()) };
  }

  /** What the engine does for a new resource: check, and create what was checked. */
  async make(
    token: string,
    news: Bag,
    name = "web",
  ): Promise<{ id: string; state: Bag; inputs: Bag }> {
    const { inputs, failures } = await this.check(token, news, { name });
    if (failures.length > 0) {
      throw new Error(failures.join("; "));
    }
    return { inputs, ...(await this.create(token, inputs)) };
  }

  async read(
    token: string,
    id: string,
    { state = {}, inputs = {} }: { state?: Bag; inputs?: Bag } = {},
  ): Promise<{ id: string; state: Bag; inputs: Bag }> {
    const request = new messages.ReadRequest().setUrn(urn(token, "web")).setId(id);
    request.setProperties(struct(state)).setInputs(struct(inputs));
    const response = await this.call<messages.ReadResponse>("read", request);
    return {
      id: response.getId(),
      state: plain(response.getProperties()),
      inputs: plain(response.getInputs()),
    };
  }

  async update(
    token: string,
    id: string,
    olds: Bag,
    news: Bag,
    { preview = false, ignoreChanges = [] }: { preview?: boolean; ignoreChanges?: string[] } = {},
  ): Promise<Bag> {
    const request = new messages.UpdateRequest().setUrn(urn(token, "web")).setId(id);
    request.setOlds(struct(olds)).setNews(struct(news)).setPreview(preview);
    request.setIgnorechangesList(ignoreChanges);
    return plain((await this.call<messages.UpdateResponse>("update", request)).getProperties());
  }

  async delete(token: string, id: string, state: Bag): Promise<void> {
    const request = new messages.DeleteRequest().setUrn(urn(token, "web")).setId(id);
    await this.call("delete", request.setProperties(struct(state)));
  }

  async invoke(token: string, args: Bag): Promise<Bag> {
    const request = new messages.InvokeRequest().setTok(token).setArgs(struct(args));
    const response = await this.call<messages.InvokeResponse>("invoke", request);
    const failures = response.getFailuresList().map((failure) => failure.getReason());
    if (failures.length > 0) {
      throw new Error(failures.join("; "));
    }
    return plain(response.getReturn());
  }

  private call<Response>(
    method: keyof ResourceProviderClient,
    request: unknown,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      const answered = (error: Error | null, response: Response) => {
        if (error === null) {
          resolve(response);
        } else {
          reject(error);
        }
      };
      const client = this.client as unknown as Record<string, Unary<Response>>;
      client[method](request, answered);
    });
  }
}

type Unary<Response> = (
  request: unknown,
  answered: (error: Error | null, response: Response) => void,
) => void;

/** The resource that the engine keeps although its creation failed, out of the error's details. */
export function initializationFailure(error: unknown): { id: string; reasons: string[] } {
  const [bytes] = (error as grpc.ServiceError).metadata.get("grpc-status-details-bin");
  const text = Buffer.from(bytes as Buffer);
  const type = "type.googleapis.com/pulumirpc.ErrorResourceInitFailed";
  // Behind the type's name come the detail's tag and a length of one or two bytes.
  const start = text.indexOf(type) + type.length + 1;
  const lengthBytes = text[start] < 128 ? 1 : 2;
  const detail = messages.ErrorResourceInitFailed.deserializeBinary(
    text.subarray(start + lengthBytes),
  );
  return { id: detail.getId(), reasons: detail.getReasonsList() };
}

function urn(token: string, name: string): string {
  return `urn:pulumi:dev::project::load-balanced-group:index:LoadBalancedGroup$${token}::${name}`;
}

function struct(bag: Bag): Struct {
  return Struct.fromJavaScript(bag as Parameters<typeof Struct.fromJavaScript>[0]);
}

function plain(value: Struct | undefined): Bag {
  return value?.toJavaScript() ?? {};
}

function kindName(kind: messages.PropertyDiff.Kind): string {
  const names = Object.entries(messages.PropertyDiff.Kind);
  return names.find(([, value]) => value === kind)?.[0] ?? "";
}
