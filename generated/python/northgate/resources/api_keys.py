"""Resource `api_keys`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Unpack

from .._runtime.absent import NOT_GIVEN, NotGiven
from .._runtime.operation import Cost, Operation, PagedOperation, Paging, Replay
from .._runtime.resource import AsyncResource, Resource, async_raw, async_raw_pages, raw, raw_pages
from ..models.api_keys import ApiKey, ApiKeyList, IssuedApiKey

if TYPE_CHECKING:
    from .._runtime.aio.client import AsyncAPIClient
    from .._runtime.aio.paginator import AsyncPaginator
    from .._runtime.request import RequestOptions
    from .._runtime.sync.client import APIClient
    from .._runtime.sync.pagination import Page
    from ..models.api_keys import NewApiKeyAlgorithm
    from ..params.api_keys import IpAllowListParams, NewApiKeyScopesParams

_LIST: PagedOperation[ApiKey, ApiKeyList] = PagedOperation(
    id="listApiKeys",
    method="GET",
    path="/v1/api-keys",
    returns=ApiKeyList,
    security=(("signature",),),
    replay=Replay.SAFE,
    cost=Cost("keys", 1),
    paging=Paging("cursor", "data", "next_cursor"),
)

_CREATE: Operation[IssuedApiKey] = Operation(
    id="createApiKey",
    method="POST",
    path="/v1/api-keys",
    returns=IssuedApiKey,
    content_type="application/json",
    security=(("signature",),),
    cost=Cost("keys", 1),
)

_UPDATE: Operation[ApiKey] = Operation(
    id="updateApiKey",
    method="PATCH",
    path="/v1/api-keys/{key_id}",
    returns=ApiKey,
    content_type="application/json",
    security=(("signature",),),
    cost=Cost("keys", 1),
)

_REVOKE: Operation[None] = Operation(
    id="revokeApiKey",
    method="DELETE",
    path="/v1/api-keys/{key_id}",
    security=(("signature",),),
    replay=Replay.SAFE,
    cost=Cost("keys", 1),
)

_ROTATE: Operation[IssuedApiKey] = Operation(
    id="rotateApiKey",
    method="POST",
    path="/v1/api-keys/{key_id}/rotate",
    returns=IssuedApiKey,
    content_type="application/json",
    security=(("signature",),),
    cost=Cost("keys", 1),
)


class ApiKeysResource(Resource):
    """The account's API keys."""

    @property
    def with_raw_response(self) -> ApiKeysResourceWithRawResponse:
        """The same methods, answering with status, header fields and the unread body."""
        return ApiKeysResourceWithRawResponse(self._client)

    def list(
        self,
        *,
        cursor: str | NotGiven = NOT_GIVEN,
        limit: int | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> Page[ApiKey, ApiKeyList]:
        """List API keys.

        Keys that sign or did until they expired, newest first. Revoked keys are gone.

        Args:
            cursor: `next_cursor` of the page before. Opaque; goes with the same filters only.
                Paging is stable: what is new appears on a first page, never in the middle.
            limit: The most items that a page may hold.

        Example::

            client.api_keys.list()
        """
        return self._client.call_pages(
            _LIST,
            query={"cursor": cursor, "limit": limit},
            options=options,
        )

    def create(
        self,
        *,
        name: str,
        algorithm: NewApiKeyAlgorithm,
        scopes: NewApiKeyScopesParams,
        public_key: str | NotGiven = NOT_GIVEN,
        ip_allow_list: IpAllowListParams | NotGiven = NOT_GIVEN,
        expire_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> IssuedApiKey:
        """Create an API key.

        A key can grant only scopes that it holds itself (403 `scope_missing`).

        Args:
            name: For people.
            algorithm: `ed25519` (recommended): you keep the private key and register the public
                one, so the venue holds no secret. `hmac-sha256`: the venue makes a secret and shows
                it
                once.
            scopes: A key can grant only scopes that it holds itself.
            public_key: Required for `ed25519`, refused for `hmac-sha256`.
            expire_time: When the key stops signing. Left out, it does not expire.

        Raises:
            NumberNotDecimalStringError: 400: `number_not_decimal_string`.
            ContentTooLargeError: 413: `content_too_large`.
            UnsupportedMediaTypeError: 415: `unsupported_media_type`.
            InvalidCombinationError: 422: `invalid_combination`.
            KeyLimitReachedError: 422: `key_limit_reached`.

        Example::

            client.api_keys.create(
                name="market maker",
                algorithm="ed25519",
                scopes=["read", "trade"],
                public_key="JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=",
                ip_allow_list=["192.0.2.0/24"],
            )
        """
        return self._client.call(
            _CREATE,
            body={
                "name": name,
                "algorithm": algorithm,
                "scopes": scopes,
                "public_key": public_key,
                "ip_allow_list": ip_allow_list,
                "expire_time": expire_time,
            },
            options=options,
        )

    def update(
        self,
        *,
        key_id: str,
        name: str | NotGiven = NOT_GIVEN,
        scopes: NewApiKeyScopesParams | NotGiven = NOT_GIVEN,
        ip_allow_list: IpAllowListParams | NotGiven = NOT_GIVEN,
        expire_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> ApiKey:
        """Change an API key.

        Takes effect with the next request. A key cannot be given scopes that the signing key does
        not hold.

        Args:
            key_id: The API key.
            name: For people.
            scopes: A key can grant only scopes that it holds itself.
            ip_allow_list: Addresses and CIDR ranges, IPv4 or IPv6, that may use the key; empty for
                any.
            expire_time: When the key stops signing. A retiring key's end can only be moved nearer.

        Raises:
            NumberNotDecimalStringError: 400: `number_not_decimal_string`.
            KeyNotFoundError: 404: `key_not_found`.
            ContentTooLargeError: 413: `content_too_large`.
            UnsupportedMediaTypeError: 415: `unsupported_media_type`.
            InvalidCombinationError: 422: `invalid_combination`.

        Example::

            client.api_keys.update(
                key_id="key_7Jd0mZ1Qf2s9A",
                scopes=["read"],
                ip_allow_list=["192.0.2.0/24"],
            )
        """
        return self._client.call(
            _UPDATE,
            path={"key_id": key_id},
            body={
                "name": name,
                "scopes": scopes,
                "ip_allow_list": ip_allow_list,
                "expire_time": expire_time,
            },
            options=options,
        )

    def revoke(
        self,
        *,
        key_id: str,
        **options: Unpack[RequestOptions],
    ) -> None:
        """Revoke an API key.

        At once and for good; also the key that signs this request. Orders stay.

        Args:
            key_id: The API key.

        Raises:
            KeyNotFoundError: 404: `key_not_found`.

        Example::

            client.api_keys.revoke(key_id="key_7Jd0mZ1Qf2s9A")
        """
        return self._client.call(
            _REVOKE,
            path={"key_id": key_id},
            options=options,
        )

    def rotate(
        self,
        *,
        key_id: str,
        overlap_seconds: int,
        public_key: str | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> IssuedApiKey:
        """Rotate an API key.

        Issues a successor with the same name, algorithm, scopes, addresses and expiry. The old key
        goes on signing for `overlap_seconds`.

        Args:
            key_id: The API key.
            overlap_seconds: How long the old key goes on signing beside its successor, at most a
                week.
            public_key: The successor's. Required for `ed25519`, refused for `hmac-sha256`.

        Raises:
            NumberNotDecimalStringError: 400: `number_not_decimal_string`.
            KeyNotFoundError: 404: `key_not_found`.
            KeyNotActiveError: 409: `key_not_active`.
            ContentTooLargeError: 413: `content_too_large`.
            UnsupportedMediaTypeError: 415: `unsupported_media_type`.
            InvalidCombinationError: 422: `invalid_combination`.
            KeyLimitReachedError: 422: `key_limit_reached`.

        Example::

            client.api_keys.rotate(
                key_id="key_7Jd0mZ1Qf2s9A",
                overlap_seconds=3600,
                public_key="11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
            )
        """
        return self._client.call(
            _ROTATE,
            path={"key_id": key_id},
            body={"overlap_seconds": overlap_seconds, "public_key": public_key},
            options=options,
        )


class AsyncApiKeysResource(AsyncResource):
    """The account's API keys."""

    @property
    def with_raw_response(self) -> AsyncApiKeysResourceWithRawResponse:
        """The same methods, answering with status, header fields and the unread body."""
        return AsyncApiKeysResourceWithRawResponse(self._client)

    def list(
        self,
        *,
        cursor: str | NotGiven = NOT_GIVEN,
        limit: int | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> AsyncPaginator[ApiKey, ApiKeyList]:
        """List API keys.

        Keys that sign or did until they expired, newest first. Revoked keys are gone.

        Args:
            cursor: `next_cursor` of the page before. Opaque; goes with the same filters only.
                Paging is stable: what is new appears on a first page, never in the middle.
            limit: The most items that a page may hold.

        Example::

            client.api_keys.list()
        """
        return self._client.call_pages(
            _LIST,
            query={"cursor": cursor, "limit": limit},
            options=options,
        )

    async def create(
        self,
        *,
        name: str,
        algorithm: NewApiKeyAlgorithm,
        scopes: NewApiKeyScopesParams,
        public_key: str | NotGiven = NOT_GIVEN,
        ip_allow_list: IpAllowListParams | NotGiven = NOT_GIVEN,
        expire_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> IssuedApiKey:
        """Create an API key.

        A key can grant only scopes that it holds itself (403 `scope_missing`).

        Args:
            name: For people.
            algorithm: `ed25519` (recommended): you keep the private key and register the public
                one, so the venue holds no secret. `hmac-sha256`: the venue makes a secret and shows
                it
                once.
            scopes: A key can grant only scopes that it holds itself.
            public_key: Required for `ed25519`, refused for `hmac-sha256`.
            expire_time: When the key stops signing. Left out, it does not expire.

        Raises:
            NumberNotDecimalStringError: 400: `number_not_decimal_string`.
            ContentTooLargeError: 413: `content_too_large`.
            UnsupportedMediaTypeError: 415: `unsupported_media_type`.
            InvalidCombinationError: 422: `invalid_combination`.
            KeyLimitReachedError: 422: `key_limit_reached`.

        Example::

            await client.api_keys.create(
                name="market maker",
                algorithm="ed25519",
                scopes=["read", "trade"],
                public_key="JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=",
                ip_allow_list=["192.0.2.0/24"],
            )
        """
        return await self._client.call(
            _CREATE,
            body={
                "name": name,
                "algorithm": algorithm,
                "scopes": scopes,
                "public_key": public_key,
                "ip_allow_list": ip_allow_list,
                "expire_time": expire_time,
            },
            options=options,
        )

    async def update(
        self,
        *,
        key_id: str,
        name: str | NotGiven = NOT_GIVEN,
        scopes: NewApiKeyScopesParams | NotGiven = NOT_GIVEN,
        ip_allow_list: IpAllowListParams | NotGiven = NOT_GIVEN,
        expire_time: dt.datetime | str | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> ApiKey:
        """Change an API key.

        Takes effect with the next request. A key cannot be given scopes that the signing key does
        not hold.

        Args:
            key_id: The API key.
            name: For people.
            scopes: A key can grant only scopes that it holds itself.
            ip_allow_list: Addresses and CIDR ranges, IPv4 or IPv6, that may use the key; empty for
                any.
            expire_time: When the key stops signing. A retiring key's end can only be moved nearer.

        Raises:
            NumberNotDecimalStringError: 400: `number_not_decimal_string`.
            KeyNotFoundError: 404: `key_not_found`.
            ContentTooLargeError: 413: `content_too_large`.
            UnsupportedMediaTypeError: 415: `unsupported_media_type`.
            InvalidCombinationError: 422: `invalid_combination`.

        Example::

            await client.api_keys.update(
                key_id="key_7Jd0mZ1Qf2s9A",
                scopes=["read"],
                ip_allow_list=["192.0.2.0/24"],
            )
        """
        return await self._client.call(
            _UPDATE,
            path={"key_id": key_id},
            body={
                "name": name,
                "scopes": scopes,
                "ip_allow_list": ip_allow_list,
                "expire_time": expire_time,
            },
            options=options,
        )

    async def revoke(
        self,
        *,
        key_id: str,
        **options: Unpack[RequestOptions],
    ) -> None:
        """Revoke an API key.

        At once and for good; also the key that signs this request. Orders stay.

        Args:
            key_id: The API key.

        Raises:
            KeyNotFoundError: 404: `key_not_found`.

        Example::

            await client.api_keys.revoke(key_id="key_7Jd0mZ1Qf2s9A")
        """
        return await self._client.call(
            _REVOKE,
            path={"key_id": key_id},
            options=options,
        )

    async def rotate(
        self,
        *,
        key_id: str,
        overlap_seconds: int,
        public_key: str | NotGiven = NOT_GIVEN,
        **options: Unpack[RequestOptions],
    ) -> IssuedApiKey:
        """Rotate an API key.

        Issues a successor with the same name, algorithm, scopes, addresses and expiry. The old key
        goes on signing for `overlap_seconds`.

        Args:
            key_id: The API key.
            overlap_seconds: How long the old key goes on signing beside its successor, at most a
                week.
            public_key: The successor's. Required for `ed25519`, refused for `hmac-sha256`.

        Raises:
            NumberNotDecimalStringError: 400: `number_not_decimal_string`.
            KeyNotFoundError: 404: `key_not_found`.
            KeyNotActiveError: 409: `key_not_active`.
            ContentTooLargeError: 413: `content_too_large`.
            UnsupportedMediaTypeError: 415: `unsupported_media_type`.
            InvalidCombinationError: 422: `invalid_combination`.
            KeyLimitReachedError: 422: `key_limit_reached`.

        Example::

            await client.api_keys.rotate(
                key_id="key_7Jd0mZ1Qf2s9A",
                overlap_seconds=3600,
                public_key="11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
            )
        """
        return await self._client.call(
            _ROTATE,
            path={"key_id": key_id},
            body={"overlap_seconds": overlap_seconds, "public_key": public_key},
            options=options,
        )


class ApiKeysResourceWithRawResponse:
    """The account's API keys."""

    def __init__(self, client: APIClient) -> None:
        resource = ApiKeysResource(client.answering_raw())
        self.list = raw_pages(resource.list)
        self.create = raw(resource.create)
        self.update = raw(resource.update)
        self.revoke = raw(resource.revoke)
        self.rotate = raw(resource.rotate)


class AsyncApiKeysResourceWithRawResponse:
    """The account's API keys."""

    def __init__(self, client: AsyncAPIClient) -> None:
        resource = AsyncApiKeysResource(client.answering_raw())
        self.list = async_raw_pages(resource.list)
        self.create = async_raw(resource.create)
        self.update = async_raw(resource.update)
        self.revoke = async_raw(resource.revoke)
        self.rotate = async_raw(resource.rotate)
