import { check } from "./check";
import { diff, type Difference } from "./diff";
import { type Aws, type Failure, type ResourceType } from "./resourceType";
import { importedInputs, previewState, previewUpdate, refreshedInputs, stateAfter } from "./state";
import { type Properties } from "./values";
import { resourceType } from "./resourceTypes";

export interface Made {
  readonly id: string;
  readonly state: Properties;
  /** Why the resource is not as it should be, though it exists: a later step of its making failed. */
  readonly failure: string | undefined;
}

/** The life of a resource, as the engine asks for it. */
export class ResourceProvider {
  constructor(private readonly aws: Aws) {}

  check(
    token: string,
    request: { name: string; olds: Properties; news: Properties; seed: Uint8Array },
  ): { inputs: Properties; failures: Failure[] } {
    return check(resourceType(token), request);
  }

  diff(token: string, state: Properties, inputs: Properties): Difference {
    return diff(resourceType(token), state, inputs);
  }

  async create(token: string, inputs: Properties, timeout?: number): Promise<Made> {
    const type = resourceType(token);
    const { id, finish } = await type.create(inputs, this.aws, timeout);
    const failure = await reasonOf(finish);
    return { id, state: await this.stateOf(type, id, inputs), failure };
  }

  /** What a preview can say of a resource that is to be created. */
  previewCreate(token: string, inputs: Properties): Properties {
    return previewState(resourceType(token), inputs);
  }

  previewUpdate(token: string, olds: Properties, news: Properties): Properties {
    return previewUpdate(resourceType(token), olds, news);
  }

  /** The resource as it is now, and the inputs that would make it so; undefined when it is gone. */
  async read(
    token: string,
    id: string,
    state: Properties,
    inputs: Properties,
  ): Promise<{ state: Properties; inputs: Properties } | undefined> {
    const type = resourceType(token);
    const found = await type.read(id, state, this.aws);
    if (found === undefined) {
      return undefined;
    }
    const now = stateAfter(state, found);
    const isImport = Object.keys(inputs).length === 0;
    return {
      state: now,
      inputs: isImport ? importedInputs(type, now) : refreshedInputs(type, inputs, now),
    };
  }

  async update(token: string, id: string, olds: Properties, news: Properties): Promise<Properties> {
    const type = resourceType(token);
    await type.update(id, olds, news, this.aws);
    return this.stateOf(type, id, news);
  }

  async delete(token: string, id: string, state: Properties): Promise<void> {
    await resourceType(token).delete(id, state, this.aws);
  }

  private async stateOf(type: ResourceType, id: string, inputs: Properties): Promise<Properties> {
    const found = await type.read(id, inputs, this.aws);
    if (found === undefined) {
      throw new Error(`${type.token} ${id} was made, and then not found`);
    }
    return stateAfter(inputs, found);
  }
}

async function reasonOf(step: (() => Promise<void>) | undefined): Promise<string | undefined> {
  try {
    await step?.();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
