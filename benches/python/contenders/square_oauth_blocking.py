from square_oauth import OAuthClient

from grant import APPLICATION_ID, APPLICATION_SECRET, REFRESH_TOKEN

ASYNC = False


class Client:
    def __init__(self, address: str) -> None:
        self._client = OAuthClient(
            APPLICATION_ID, APPLICATION_SECRET, environment=f"http://{address}"
        )

    def call(self) -> str:
        return self._client.obtain_token(refresh_token=REFRESH_TOKEN).access_token.expose()
