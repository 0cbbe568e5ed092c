from square import AsyncSquare

from grant import APPLICATION_ID, APPLICATION_SECRET, REFRESH_TOKEN

ASYNC = True


class Client:
    def __init__(self, address: str) -> None:
        self._client = AsyncSquare(base_url=f"http://{address}", token="unused")

    async def call(self) -> str:
        tokens = await self._client.o_auth.obtain_token(
            client_id=APPLICATION_ID,
            client_secret=APPLICATION_SECRET,
            grant_type="refresh_token",
            refresh_token=REFRESH_TOKEN,
        )
        return tokens.access_token
