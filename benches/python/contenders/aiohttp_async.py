import aiohttp

from grant import BODY

ASYNC = True


class Client:
    def __init__(self, address: str) -> None:
        self._session = aiohttp.ClientSession()
        self._url = f"http://{address}/oauth2/token"

    async def call(self) -> str:
        async with self._session.post(self._url, json=BODY) as response:
            response.raise_for_status()
            return (await response.json())["access_token"]
