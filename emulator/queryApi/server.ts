import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { AwsError, type ElasticLoadBalancing } from "../aws";
import { type AwsCalls, type NewCaller, statusOf } from "../provider/awsCalls";
import { describeTargetHealth } from "./describeTargetHealth";
import { type Elements, xml } from "./xml";

const NAMESPACE = 'xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"';

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Elastic Load Balancing behind an endpoint, for AWS's own SDKs; it answers what health is read by. */
export class QueryApiServer {
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(elb: ElasticLoadBalancing, newCaller: NewCaller): Promise<QueryApiServer> {
    const server = createServer((request, response) => {
      const calls = newCaller(() => request.socket.destroy());
      response.once("close", () => {
        calls.cancel();
      });
      void answer(request, elb, calls).then(({ status, body }) => {
        response.writeHead(status, { "content-type": "text/xml" }).end(body);
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("it has no port");
    return new QueryApiServer(server, `http://127.0.0.1:${address.port}`);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}

async function answer(
  request: IncomingMessage,
  elb: ElasticLoadBalancing,
  calls: AwsCalls,
): Promise<Answer> {
  try {
    const query = new URLSearchParams(await text(request));
    const action = query.get("Action") ?? "";
    if (request.headers.authorization === undefined) {
      throw new AwsError("MissingAuthenticationToken", "Missing Authentication Token");
    }
    if (action !== "DescribeTargetHealth") {
      throw new AwsError(
        "InvalidAction",
        `Could not find operation ${action} for version 2015-12-01`,
      );
    }
    const result = await calls.direct("elb", action, () => describeTargetHealth(elb, query));
    return { status: 200, body: success(action, result) };
  } catch (error) {
    return failure(
      error instanceof AwsError ? error : new AwsError("InternalFailure", String(error)),
    );
  }
}

function success(action: string, result: Elements): string {
  return xml({
    [`${action}Response ${NAMESPACE}`]: {
      [`${action}Result`]: result,
      ResponseMetadata: { RequestId: randomUUID() },
    },
  });
}

function failure({ code, message }: AwsError): Answer {
  const status = statusOf(code);
  const body = xml({
    [`ErrorResponse ${NAMESPACE}`]: {
      Error: { Type: status < 500 ? "Sender" : "Receiver", Code: code, Message: message },
      RequestId: randomUUID(),
    },
  });
  return { status, body };
}
