"""On httpx2, which it takes where that is installed."""

from authlib.integrations.httpx_client import AsyncOAuth2Client

from grant import APPLICATION_ID, APPLICATION_SECRET, REFRESH_TOKEN

ASYNC = True


class Client:
    def __init__(self, address: str) -> None:
        self._url = f"http://{address}/oauth2/token"
        self._client = AsyncOAuth2Client(
            APPLICATION_ID, APPLICATION_SECRET, token_endpoint_auth_method="client_secret_post"
        )

    async def call(self) -> str:
        token = await self._client.refresh_token(self._url, refresh_token=REFRESH_TOKEN)
        return token["access_token"]
