// A certified OpenID provider (npm oidc-provider) set up as HelseID, or as ID-porten.
// Reads what it shall be from standard input as JSON, and says «ready» when it is.
import { createServer } from "node:http";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { Provider, errors } from "oidc-provider";

const wanted = JSON.parse(await new Promise((resolve) => {
  let text = "";
  process.stdin.on("data", (piece) => { text += piece; });
  process.stdin.on("end", () => resolve(text));
}));
const RESOURCE = "urn:provesvar:api";
const API_SCOPES = ["provesvar:portal", "provesvar:messages"];
const PERSON_SCOPES = [
  "openid", "profile", "offline_access", "helseid://scopes/identity/pid",
  "helseid://scopes/identity/security_level", "helseid://scopes/hpr/hpr_number",
];
const claimsOf = (assertion) =>
  JSON.parse(Buffer.from(assertion.split(".")[1], "base64url"));

function signingKey() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "k1" };
}

// HelseID's own rules on top of RFC 7523.
function helseidRules(ctx, claims, header) {
  const lifetime = claims.exp - Math.floor(Date.now() / 1000);
  if (header.typ !== "client-authentication+jwt" || claims.aud !== ctx.oidc.issuer || lifetime > 60) {
    throw new errors.InvalidClientAuth("not as HelseID demands");
  }
}

// The organisation a client asks for is what its token then holds.
function organizationClaims(ctx) {
  const assertion = ctx.oidc.body?.client_assertion;
  const details = assertion && claimsOf(assertion).assertion_details;
  if (!details) return undefined;
  const [, , parent, child] =
    details.practitioner_role.organization.identifier.value.split(":");
  return {
    "helseid://claims/client/claims/orgnr_parent": parent,
    ...(child && { "helseid://claims/client/claims/orgnr_child": child }),
  };
}

async function allGranted(ctx) {
  const { client, session, provider } = ctx.oidc;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(PERSON_SCOPES.join(" "));
  grant.addResourceScope(RESOURCE, API_SCOPES.join(" "));
  await grant.save();
  return grant;
}

const provider = new Provider(wanted.issuer, {
  clients: wanted.clients,
  jwks: { keys: [signingKey()] },
  // Signing out is a form from another site, so the cookie must come along.
  enableHttpPostMethods: true,
  cookies: { keys: [randomBytes(16).toString("hex")], long: { sameSite: "none" } },
  scopes: PERSON_SCOPES,
  claims: { openid: ["sub", ...Object.keys(wanted.account)], acr: null, auth_time: null, sid: null },
  acrValues: ["Level4", "idporten-loa-high", "idporten-loa-substantial"],
  conformIdTokenClaims: false,
  responseTypes: ["code"],
  pkce: { required: () => true },
  enabledJWA: {
    dPoPSigningAlgValues: ["ES256", "RS256", "PS256"],
    clientAuthSigningAlgValues: ["ES256", "RS256", "PS256"],
  },
  findAccount: (ctx, accountId) => ({
    accountId,
    claims: () => ({ sub: accountId, ...wanted.account }),
  }),
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  loadExistingGrant: allGranted,
  issueRefreshToken: async (ctx, client) => client.grantTypeAllowed("refresh_token"),
  rotateRefreshToken: true,
  extraTokenClaims: organizationClaims,
  assertJwtClientAuthClaimsAndHeader: helseidRules,
  // It would refuse addresses on this very machine, and there are no others here.
  fetch: (url, { dispatcher, ...options }) => globalThis.fetch(url, options),
  ttl: { AccessToken: 300, RefreshToken: 3600, Session: 3600, Grant: 3600, IdToken: 60, Interaction: 600, ClientCredentials: 300 },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    revocation: { enabled: true },
    backchannelLogout: { enabled: true },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => wanted.demandsNonce },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => (wanted.isApi ? RESOURCE : undefined),
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: API_SCOPES.join(" "),
        audience: "provesvar:api",
        accessTokenTTL: 300,
        accessTokenFormat: "jwt",
        jwt: { sign: { alg: "RS256" } },
      }),
    },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => { ctx.body = form; },
      postLogoutSuccessSource: (ctx) => { ctx.body = "out"; },
    },
  },
});

// Whoever comes is the one person there is.
const answer = provider.callback();
createServer((request, response) => {
  if (!request.url.startsWith("/interaction/")) return answer(request, response);
  const login = { accountId: wanted.subject, acr: wanted.acr, amr: ["test"] };
  return provider.interactionFinished(request, response, { login });
}).listen(wanted.port, "127.0.0.1", () => console.log("ready"));
