import type { AuthenticateAction, Listener } from "../aws";
import type { RequestFacts } from "./conditions";

/** Where the identity provider sends a user back to, after which AWS's load balancer asks it for tokens. */
const RETURN_PATH = "/oauth2/idpresponse";

/** What becomes of a request before its rule's action: a status, a place to go to, or nothing. */
export interface Interception {
  readonly status: number;
  readonly location?: string;
}

/**
 * In the emulator nobody ever has logged in, since there is no identity provider to ask. A user who
 * comes back from one gets the status with which AWS answers when it can't reach the provider.
 */
export function intercept(
  action: AuthenticateAction,
  facts: RequestFacts,
  { port }: Pick<Listener, "port">,
): Interception | undefined {
  if (facts.path === RETURN_PATH) {
    return { status: 500 };
  }
  switch (action.onUnauthenticatedRequest) {
    case "allow":
      return undefined;
    case "deny":
      return { status: 401 };
    case "authenticate":
      return { status: 302, location: loginPage(action, facts, port) };
  }
}

function loginPage(action: AuthenticateAction, { host }: RequestFacts, port: number): string {
  const { settings } = action;
  const page = new URL(settings.authorizationEndpoint ?? cognitoPage(settings));
  const own = port === 443 ? host : `${host}:${port}`;
  const parameters = {
    ...action.authenticationRequestExtraParams,
    client_id: settings.clientId ?? settings.userPoolClientId ?? "",
    redirect_uri: `https://${own}${RETURN_PATH}`,
    response_type: "code",
    scope: action.scope,
  };
  for (const [key, value] of Object.entries(parameters)) {
    page.searchParams.set(key, value);
  }
  return page.href;
}

/** A user pool's domain is a prefix of Cognito's own, or a whole one. */
function cognitoPage({
  userPoolDomain = "",
  userPoolArn = "",
}: AuthenticateAction["settings"]): string {
  const region = userPoolArn.split(":").at(3) ?? "";
  const host = userPoolDomain.includes(".")
    ? userPoolDomain
    : `${userPoolDomain}.auth.${region}.amazoncognito.com`;
  return `https://${host}/oauth2/authorize`;
}
