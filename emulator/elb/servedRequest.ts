import type { TargetDescription } from "../aws";
import type { Exchange } from "./requestHeaders";
import type { RegisteredTarget } from "./registeredTarget";

/** A request that a listener has answered, or has not. */
export interface ServedRequest {
  readonly listenerArn: string;
  /** The rule that decided about it; missing where the listener's default action did. */
  readonly ruleArn?: string;
  readonly targetGroupArn?: string;
  readonly target?: TargetDescription;
  readonly method: string;
  readonly path: string;
  /** Missing where the connection ended before the answer was complete. */
  readonly status?: number;
  readonly milliseconds: number;
}

/** Which way a request takes through the load balancer, as far as it is known. */
export class Way {
  ruleArn: string | undefined;
  target: RegisteredTarget | undefined;
}

/** Tells of a request when its response is over; the way is filled in meanwhile. */
export function watch(
  { request, response }: Exchange,
  listenerArn: string,
  tell: (request: ServedRequest) => void,
): Way {
  const way = new Way();
  const startedAt = performance.now();
  response.once("close", () => {
    const { ruleArn, target } = way;
    tell({
      listenerArn,
      ruleArn,
      targetGroupArn: target?.group.targetGroupArn,
      target: target?.description,
      method: request.method ?? "GET",
      path: request.url ?? "/",
      status: response.writableFinished ? response.statusCode : undefined,
      milliseconds: performance.now() - startedAt,
    });
  });
  return way;
}
