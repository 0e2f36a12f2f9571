import type { LambdaFunction, TargetGroup } from "../aws";
import { isOn } from "./attributes";
import { type Field, hopByHop } from "./requestHeaders";

/** A request as a function gets it. */
export interface LambdaEvent {
  readonly requestContext: { readonly elb: { readonly targetGroupArn: string } };
  readonly httpMethod: string;
  readonly path: string;
  readonly queryStringParameters?: Record<string, string>;
  readonly multiValueQueryStringParameters?: Record<string, string[]>;
  readonly headers?: Record<string, string>;
  readonly multiValueHeaders?: Record<string, string[]>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

export interface LambdaRequest {
  readonly method: string;
  /** With its query, as the client sent it. */
  readonly path: string;
  readonly headers: readonly Field[];
  readonly body: Buffer;
}

/** What a function answered, as the client is to get it. */
export interface LambdaAnswer {
  readonly status: number;
  readonly reason: string | undefined;
  readonly headers: readonly Field[];
  readonly body: Buffer;
}

const MAX_BYTES = 1024 * 1024;

export const isTooLarge = (bytes: number) => bytes > MAX_BYTES;

export const hasLists = ({ attributes }: TargetGroup) =>
  isOn(attributes, "lambda.multi_value_headers.enabled");

const TEXT = /^(text\/|application\/(json|javascript|xml)\b)/i;

/** The event, as application/lambda-functions.html has it: names in lower case, the query undecoded. */
export function eventOf(group: TargetGroup, request: LambdaRequest): LambdaEvent {
  const [path = "", query = ""] = request.path.split(/\?(.*)/s);
  const parameters = query.split("&").filter((part) => part !== "");
  const fields = parameters.map((part): Field => {
    const [name = "", value = ""] = part.split(/=(.*)/s);
    return [name, value];
  });
  const headers = request.headers.map(([name, value]): Field => [name.toLowerCase(), value]);
  const header = (wanted: string) => headers.find(([name]) => name === wanted)?.[1];
  const isText =
    request.body.length === 0 ||
    (TEXT.test(header("content-type") ?? "") && header("content-encoding") === undefined);
  const common = {
    requestContext: { elb: { targetGroupArn: group.targetGroupArn } },
    httpMethod: request.method,
    path,
    body: request.body.toString(isText ? "utf8" : "base64"),
    isBase64Encoded: !isText,
  };
  return hasLists(group)
    ? {
        ...common,
        multiValueQueryStringParameters: lists(fields),
        multiValueHeaders: lists(headers),
      }
    : { ...common, queryStringParameters: last(fields), headers: last(headers) };
}

/** The function's answer; undefined where it is malformed, which AWS answers with 502. */
export function answerOf(group: TargetGroup, given: unknown): LambdaAnswer | undefined {
  if (!isRecord(given) || isTooLarge(Buffer.byteLength(JSON.stringify(given)))) {
    return undefined;
  }
  const { statusCode, statusDescription, body = "", isBase64Encoded = false } = given;
  const fields = hasLists(group) ? fromLists(given.multiValueHeaders) : fromValues(given.headers);
  const isRight =
    Number.isInteger(statusCode) &&
    typeof body === "string" &&
    typeof isBase64Encoded === "boolean";
  if (!isRight || fields === undefined || Number(statusCode) < 100 || Number(statusCode) > 599) {
    return undefined;
  }
  const dropped = hopByHop(fields);
  return {
    status: Number(statusCode),
    reason:
      typeof statusDescription === "string" ? statusDescription.replace(/^\d+ /, "") : undefined,
    headers: fields.filter(
      ([name]) => !dropped.has(name.toLowerCase()) && name.toLowerCase() !== "content-length",
    ),
    body: Buffer.from(body, isBase64Encoded ? "base64" : "utf8"),
  };
}

const last = (fields: readonly Field[]) => Object.fromEntries(fields);

function lists(fields: readonly Field[]): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const [name, value] of fields) {
    (all[name] ??= []).push(value);
  }
  return all;
}

function fromValues(headers: unknown): Field[] | undefined {
  if (headers === undefined) {
    return [];
  }
  if (!isRecord(headers)) {
    return undefined;
  }
  return Object.entries(headers).map(([name, value]): Field => [name, String(value)]);
}

function fromLists(headers: unknown): Field[] | undefined {
  if (!isRecord(headers) || !Object.values(headers).every(Array.isArray)) {
    return undefined;
  }
  return Object.entries(headers).flatMap(([name, values]) =>
    Array.isArray(values) ? values.map((value): Field => [name, String(value)]) : [],
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What the function answers to a request; undefined where it fails or answers with what is no response. */
export async function invoke(
  group: TargetGroup,
  { handler }: LambdaFunction,
  request: LambdaRequest,
): Promise<LambdaAnswer | undefined> {
  try {
    // A copy, as it would be over a network: neither side sees what the other does to its object later.
    const event = structuredClone(eventOf(group, request));
    return answerOf(group, await handler(event));
  } catch {
    return undefined;
  }
}
