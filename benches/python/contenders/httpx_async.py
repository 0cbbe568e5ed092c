import httpx

from grant import BODY

ASYNC = True


class Client:
    def __init__(self, address: str) -> None:
        self._client = httpx.AsyncClient(base_url=f"http://{address}")

    async def call(self) -> str:
        response = await self._client.post("/oauth2/token", json=BODY)
        response.raise_for_status()
        return response.json()["access_token"]
