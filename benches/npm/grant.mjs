// What every contender sends: a refresh, since it may be repeated as often as one likes.
export const applicationId = "sandbox-sq0idb-3jx0vFhvLtq9LrGhTdVLcA";
export const applicationSecret = "sandbox-sq0csb-GsMOu5aWk0IXpj5tAnFvKRzoXVhTjkNGqHqEQYBdSyU";
export const refreshToken = "EQAAEIvS8kPz0mYdW3bq5xJcL1hTn7fRgUo9aKe2sVt4wXyZi6BjCrDlMpQuHA";
export const scope = "PAYMENTS_READ";

// The same as JSON, for those who write it themselves.
export const body = () =>
  JSON.stringify({
    client_id: applicationId,
    client_secret: applicationSecret,
    grant_type: "refresh_token",
    refresh_token: refreshToken,
  });

// The address of the consent page, made by hand where a library makes none.
export const authorizeUrl = (address) => {
  const query = new URLSearchParams({ client_id: applicationId, scope, session: "false", state: "x" });
  return `http://${address}/oauth2/authorize?${query}`;
};
