from square_oauth import AsyncOAuthClient

from grant import APPLICATION_ID, APPLICATION_SECRET, REFRESH_TOKEN

ASYNC = True


class Client:
    def __init__(self, address: str) -> None:
        self._client = AsyncOAuthClient(
            APPLICATION_ID, APPLICATION_SECRET, environment=f"http://{address}"
        )

    async def call(self) -> str:
        tokens = await self._client.obtain_token(refresh_token=REFRESH_TOKEN)
        return tokens.access_token.expose()
