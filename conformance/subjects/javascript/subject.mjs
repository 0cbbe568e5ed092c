// The JavaScript subject: each call becomes the library's own, what comes of it JSON. See ../../SUBJECTS.md.
// The same file in every runtime; what serves it stands beside it.

let attempt, Callback, Environment, isOAuthError, OAuthClient, Webhooks;

/** The library, however it was loaded; before anything else. */
export function use(library) {
  ({ attempt, Callback, Environment, isOAuthError, OAuthClient, Webhooks } = library);
}

/** What the caller asked for that nobody here knows. */
class Unknown extends Error {}

const snake = (key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What a value of the library's holds, by its names: as the judge writes it. */
function shown(value, names) {
  const plain = (one) => (one instanceof Date ? one.getTime() : (one?.expose?.() ?? one ?? null));
  return Object.fromEntries(names.map((name) => [snake(name), plain(value[name])]));
}

function only(what, given, known) {
  for (const key of Object.keys(given)) if (!known.includes(key)) throw new Unknown(`${what}: ${key} is not known`);
}

/** Options out of those keys that are there: an option that is not there has its default. */
function options(given, names) {
  const found = {};
  for (const name of names) if (snake(name) in given) found[name] = given[snake(name)];
  return found;
}

const CONFIG = [
  "environment",
  "insecure_environment",
  "authorize_url",
  "application_id",
  "application_secret",
  "previous_application_secret",
  "public",
  "timeout_ms",
  "pending_lifetime_ms",
  "square_version",
];

/** A client; `library` is where the classes are from. */
export function client(config, now, library = { Environment, OAuthClient }) {
  only("config", config, CONFIG);
  const given = options(config, [
    "environment",
    "authorizeUrl",
    "applicationId",
    "applicationSecret",
    "previousApplicationSecret",
    "squareVersion",
  ]);
  if ("insecure_environment" in config) given.environment = library.Environment.insecureForEmulator(config.insecure_environment);
  if ("timeout_ms" in config) given.timeout = config.timeout_ms;
  if ("pending_lifetime_ms" in config) given.pendingLifetime = config.pending_lifetime_ms;
  given.now = now;
  return config.public === true ? library.OAuthClient.public(given) : new library.OAuthClient(given);
}

const TOKENS = [
  ...["accessToken", "tokenType", "expiresAt", "merchantId", "refreshToken", "refreshTokenExpiresAt"],
  ...["shortLived", "subscriptionId", "planId", "idToken", "ignoredFields"],
];
const ERROR = ["kind", "code", "message", "field", "httpStatus", "errors", "retryable", "requestMayHaveArrived"];
const tokens = (tokens) => shown(tokens, TOKENS);

const GRANTS = {
  callback: [
    ["callback", "pending", "shortLived", "useJwt"],
    (square, input) => ({
      callback: square.checkCallback(input.callback, input.pending),
      ...options(input, ["shortLived", "useJwt"]),
    }),
  ],
  authorization_code: [
    ["code", "redirectUri", "codeVerifier", "shortLived", "useJwt"],
    (_, input) => ({
      callback: Callback.unchecked(options(input, ["code", "redirectUri", "codeVerifier"])),
      ...options(input, ["shortLived", "useJwt"]),
    }),
  ],
  refresh_token: [
    ["refreshToken", "scopes", "shortLived", "useJwt"],
    (_, input) => options(input, ["refreshToken", "scopes", "shortLived", "useJwt"]),
  ],
  migration_token: [["migrationToken"], (_, input) => options(input, ["migrationToken"])],
};

/** For each op: the keys of its input, and what it does with a client. */
const OPS = {
  client: [[], () => ({})],
  authorize: [
    ["scopes", "session", "locale", "redirect_uri"],
    (square, input) => ({ ...square.authorize(options(input, ["scopes", "session", "locale", "redirectUri"])) }),
  ],
  callback: [
    ["callback", "pending"],
    (square, input) => {
      square.checkCallback(input.callback, input.pending);
      return {};
    },
  ],
  complete: [["callback", "pending"], async (square, input) => tokens(await square.complete(input.callback, input.pending))],
  obtain_token: [
    undefined,
    async (square, input) => {
      if (!Object.hasOwn(GRANTS, input.grant)) throw new Unknown(`the grant ${input.grant} is not known`);
      const [keys, request] = GRANTS[input.grant];
      only("input", input, ["grant", ...keys.map(snake)]);
      return tokens(await square.obtainToken(request(square, input)));
    },
  ],
  revoke_token: [
    ["all", "all_by_token", "only"],
    async (square, input) => {
      await square.revokeToken(options(input, ["all", "allByToken", "only"]));
      return {};
    },
  ],
  retrieve_token_status: [
    ["access_token"],
    async (square, input) =>
      shown(await square.retrieveTokenStatus(input.access_token), ["scopes", "expiresAt", "clientId", "merchantId"]),
  ],
  check_application: [
    [],
    async (square) => {
      await square.checkApplication();
      return {};
    },
  ],
};

function environment(input) {
  only("input", input, ["environment", "insecure_environment", "authorize_url"]);
  const plain = "insecure_environment" in input;
  let found = plain ? Environment.insecureForEmulator(input.insecure_environment) : Environment.parse(input.environment);
  if ("authorize_url" in input) found = found.authorizeAt(input.authorize_url);
  return shown(found, ["name", "baseUrl", "authorizeBaseUrl"]);
}

async function webhook(config, input) {
  only("config", config, ["subscriptions"]);
  only("input", input, ["body", "body_base64", "signature"]);
  const subscriptions = (config.subscriptions ?? []).map((one) => {
    only("subscription", one, ["notification_url", "signature_key"]);
    return options(one, ["notificationUrl", "signatureKey"]);
  });
  const raw = input.body_base64 === undefined ? input.body : Uint8Array.from(atob(input.body_base64), (c) => c.charCodeAt(0));
  const event = await new Webhooks(subscriptions).verify({ body: raw, signature: input.signature });
  const more = "revokerType" in event ? ["revokedAt", "revokerType"] : [];
  return shown(event, ["subscription", "type", "eventId", "createdAt", "merchantId", ...more]);
}

async function perform({ op, config, now_ms, input, ...rest }) {
  only("call", rest, []);
  if (op === "environment") return environment(input);
  if (op === "webhook") return webhook(config, input);
  if (op === "attempt") {
    only("input", input, ["callback"]);
    return { attempt: attempt(input.callback) };
  }
  if (!Object.hasOwn(OPS, op)) throw new Unknown(`the op ${op} is not known`);
  const [keys, run] = OPS[op];
  if (keys !== undefined) only("input", input, keys);
  return run(client(config, () => now_ms), input);
}

/** Every text that is made of an error here. */
function printed(error, inspect) {
  const texts = [String(error), error.stack, JSON.stringify(error), JSON.stringify({ error }), error.message];
  if (inspect !== undefined) texts.push(inspect(error), inspect({ error }));
  return [...texts, ...(error.cause === undefined ? [] : [String(error.cause), inspect?.(error.cause) ?? ""])];
}

/** The status and the text that answer a call. */
export async function answer(text, inspect) {
  try {
    return [200, JSON.stringify({ ok: await perform(JSON.parse(text)) })];
  } catch (error) {
    if (!isOAuthError(error)) return [400, error instanceof Unknown ? error.message : `not an error of the library: ${error?.stack}`];
    const retry_after_s = error.retryAfter === undefined ? null : error.retryAfter / 1000;
    return [200, JSON.stringify({ error: { ...shown(error, ERROR), retry_after_s }, printed: printed(error, inspect) })];
  }
}
