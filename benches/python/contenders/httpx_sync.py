import httpx

from grant import BODY

ASYNC = False


class Client:
    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=f"http://{address}")

    def call(self) -> str:
        response = self._client.post("/oauth2/token", json=BODY)
        response.raise_for_status()
        return response.json()["access_token"]
