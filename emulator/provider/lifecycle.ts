import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { type Change } from "./diff";
import { InitializationError } from "./errors";
import { withoutIgnored } from "./ignoreChanges";
import { type Failure } from "./resourceType";
import { type ResourceProvider } from "./resourceProvider";
import { receive, type Received, send } from "./values";

/** The engine's questions about resources, from message to message. */
export class Lifecycle {
  constructor(private readonly provider: ResourceProvider) {}

  check(request: messages.CheckRequest): messages.CheckResponse {
    const { token, name } = parseUrn(request.getUrn());
    const olds = receive(request.getOlds());
    const news = receive(request.getNews());
    const { inputs, failures } = this.provider.check(token, {
      name,
      olds: olds.properties,
      news: news.properties,
      seed: request.getRandomseed_asU8(),
    });
    const response = new messages.CheckResponse();
    response.setInputs(send(inputs, news.secrets));
    response.setFailuresList(failures.map(failureMessage));
    return response;
  }

  diff(request: messages.DiffRequest): messages.DiffResponse {
    const { token } = parseUrn(request.getUrn());
    const olds = receive(request.getOlds());
    const news = receive(request.getNews());
    const { changes, deleteBeforeReplace } = this.provider.diff(
      token,
      olds.properties,
      withoutIgnored(olds.properties, news.properties, request.getIgnorechangesList()),
    );
    const response = new messages.DiffResponse();
    const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
    response.setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE);
    response.setDiffsList(topLevel(changes));
    response.setReplacesList(topLevel(changes.filter((change) => change.replaces)));
    response.setDeletebeforereplace(deleteBeforeReplace);
    response.setHasdetaileddiff(true);
    for (const change of changes) {
      response.getDetaileddiffMap().set(change.path, propertyDiff(change));
    }
    return response;
  }

  async create(request: messages.CreateRequest): Promise<messages.CreateResponse> {
    const { token } = parseUrn(request.getUrn());
    const { properties, secrets } = receive(request.getProperties());
    const response = new messages.CreateResponse();
    if (request.getPreview()) {
      const state = this.provider.previewCreate(token, properties);
      return response.setProperties(send(state, secretOutputs(secrets)));
    }
    const timeout = request.getTimeout() || undefined;
    const { id, state, failure } = await this.provider.create(token, properties, timeout);
    const outputs = send(state, secretOutputs(secrets));
    if (failure !== undefined) {
      const detail = new messages.ErrorResourceInitFailed();
      detail.setId(id);
      detail.setProperties(outputs);
      throw new InitializationError(failure, detail.setInputs(send(properties, secrets)));
    }
    response.setId(id);
    return response.setProperties(outputs);
  }

  async read(request: messages.ReadRequest): Promise<messages.ReadResponse> {
    const { token } = parseUrn(request.getUrn());
    const state = receive(request.getProperties());
    const inputs = receive(request.getInputs());
    const id = request.getId();
    const found = await this.provider.read(token, id, state.properties, inputs.properties);
    const response = new messages.ReadResponse();
    // An answer without an id says that the resource is gone.
    if (found !== undefined) {
      const secrets = secretOutputs(union(state, inputs));
      response.setId(id);
      response.setProperties(send(found.state, secrets));
      response.setInputs(send(found.inputs, secrets));
    }
    return response;
  }

  async update(request: messages.UpdateRequest): Promise<messages.UpdateResponse> {
    const { token } = parseUrn(request.getUrn());
    const olds = receive(request.getOlds());
    const { properties, secrets } = receive(request.getNews());
    const news = withoutIgnored(olds.properties, properties, request.getIgnorechangesList());
    const state = request.getPreview()
      ? this.provider.previewUpdate(token, olds.properties, news)
      : await this.provider.update(token, request.getId(), olds.properties, news);
    const response = new messages.UpdateResponse();
    return response.setProperties(send(state, secretOutputs(secrets)));
  }

  async delete(request: messages.DeleteRequest): Promise<void> {
    const { token } = parseUrn(request.getUrn());
    const { properties } = receive(request.getProperties());
    await this.provider.delete(token, request.getId(), properties);
  }
}

export function failureMessage({ property, reason }: Failure): messages.CheckFailure {
  const message = new messages.CheckFailure();
  message.setProperty(property);
  return message.setReason(reason);
}

function propertyDiff({ kind, replaces }: Change): messages.PropertyDiff {
  const { Kind } = messages.PropertyDiff;
  const kinds = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
  } as const;
  const message = new messages.PropertyDiff();
  message.setInputdiff(true);
  return message.setKind(kinds[kind][replaces ? 1 : 0]);
}

/** The names of the properties, each once, without the path inside them. */
function topLevel(changes: readonly Change[]): string[] {
  return [...new Set(changes.map(({ path }) => path.split(/[.[]/)[0]))];
}

function union(...received: Received[]): Set<string> {
  return new Set(received.flatMap(({ secrets }) => [...secrets]));
}

/** What repeats a secret is a secret too. */
function secretOutputs(secrets: ReadonlySet<string>): ReadonlySet<string> {
  return secrets.has("tags") ? new Set([...secrets, "tagsAll"]) : secrets;
}

/** The type token and the logical name in a URN: urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME. */
function parseUrn(urn: string): { token: string; name: string } {
  const [, , types = "", ...name] = urn.split("::");
  return { token: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}
