import type { Answer } from "../support/account";

/** What becomes of an answer: another one, or an error that is thrown. */
export type Break = (answer: object) => unknown;

/** An error as the provider passes it on; the engine's has its text in `details`. */
const failing = (details: string) => () => {
  throw Object.assign(new Error(details), { details });
};

/** How a question to AWS can fail: with an error that says what is wrong. */
export const ERRORS: Readonly<Record<string, Break>> = {
  "an unknown text": failing("something went wrong: \u001b[31mboom\n\t* at /some/where"),
  throttling: failing(
    "operation error EC2: DescribeSubnets, api error Throttling: Rate exceeded, exceeded maximum number of attempts, 25",
  ),
  "a denial": failing(
    "https response error StatusCode: 403, api error UnauthorizedOperation: You are not authorized to perform this operation.",
  ),
  "an expired token": failing(
    "api error ExpiredToken: The security token included in the request is expired",
  ),
  "a time-out": failing("context deadline exceeded"),
  "an unknown function": failing("unknown function in provider version 6.0.0"),
};

/** How an answer can lack what was asked for, or be of another shape. */
export const LACKS: Readonly<Record<string, Break>> = {
  "an empty answer": () => ({}),
  "nothing in its lists": (answer) =>
    changed(answer, (value) => (Array.isArray(value) ? [] : value)),
  "half of it": (answer) =>
    Object.fromEntries(Object.entries(answer).filter((_, index) => index % 2 === 1)),
  "values of other types": (answer) =>
    changed(answer, (value) => (Array.isArray(value) ? 7 : [value])),
  "nulls in its lists": (answer) =>
    changed(answer, (value) => (Array.isArray(value) ? [null, ...value.slice(1)] : null)),
};

function changed(answer: object, change: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, change(value)]));
}

/** Answers in which some questions fail, by the names of the functions that ask them. */
export function brokenAnswers(answer: Answer, broken: Readonly<Record<string, Break>>): Answer {
  return async (token, inputs) => {
    const [, , name = ""] = token.split(":");
    const whole = await answer(token, inputs);
    return (Object.hasOwn(broken, name) ? broken[name](whole) : whole) as object;
  };
}
