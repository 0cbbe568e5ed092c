"""What every contender sends: a refresh, since it may be repeated as often as one likes."""

APPLICATION_ID = "sandbox-sq0idb-3jx0vFhvLtq9LrGhTdVLcA"
APPLICATION_SECRET = "sandbox-sq0csb-GsMOu5aWk0IXpj5tAnFvKRzoXVhTjkNGqHqEQYBdSyU"
REFRESH_TOKEN = "EQAAEIvS8kPz0mYdW3bq5xJcL1hTn7fRgUo9aKe2sVt4wXyZi6BjCrDlMpQuHA"

# The same as the body of a request, for those who write it themselves.
BODY = {
    "client_id": APPLICATION_ID,
    "client_secret": APPLICATION_SECRET,
    "grant_type": "refresh_token",
    "refresh_token": REFRESH_TOKEN,
}
