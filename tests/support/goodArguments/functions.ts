const FUNCTION = "arn:aws:lambda:us-west-2:123456789012:function:api";
const functionGroup = (settings: object, id = FUNCTION) => ({
  targetGroup: { targetType: "lambda", ...settings },
  targets: { api: { id } },
});

/** Of Lambda functions. */
export const FUNCTIONS: readonly (readonly [string, object])[] = [
  ["a function", functionGroup({})],
  ["an alias of a function", functionGroup({}, `${FUNCTION}:live`)],
  ["a function in China", functionGroup({}, FUNCTION.replace("aws:", "aws-cn:"))],
  ["no function", { targetGroup: { targetType: "lambda" } }],
  ["lists of values for a function", functionGroup({ lambdaMultiValueHeaders: true })],
  ["no lists of values for servers", { targetGroup: { lambdaMultiValueHeaders: false } }],
  ["health checks of a function", functionGroup({ healthCheck: { enabled: true, path: "/x" } })],
  ["no health checks of a function", functionGroup({ healthCheck: { enabled: false } })],
  ["health checks of servers", { targetGroup: { healthCheck: { enabled: true } } }],
  [
    "what other languages fill in for a function",
    functionGroup({
      port: 80,
      protocol: "HTTP",
      protocolVersion: "HTTP1",
      deregistrationDelay: 300,
      slowStart: 0,
      loadBalancingAlgorithmType: "round_robin",
    }),
  ],
];
