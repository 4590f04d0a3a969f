"""What was typed about resources becomes entries of the library."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.competency_matrix.resources import NAME_LENGTH, Resource
from core.competency_matrix.texts import Attachment
from core.competency_matrix.use_cases.add_resource import AddResource
from core.competency_matrix.use_cases.list_resources import ListResources
from core.errors import Invalid
from entrypoints.web.views.matrix_question import ResourceRow

LOOKED_AT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Attaching:
    list_resources: ListResources
    add_resource: AddResource

    async def attach(self, rows: Sequence[ResourceRow]) -> tuple[Attachment, ...]:
        """An address that the library has is taken from there, another one comes into it. Raises Invalid naming the
        fields of the row."""
        found = []
        for row in rows:
            resource_id = row.id or (await self._resource(row)).id
            found.append(Attachment(resource_id=resource_id, why=row.why))
        return tuple(found)

    async def _resource(self, row: ResourceRow) -> Resource:
        if (known := await self.known(row.url)) is not None:
            return known
        name = row.name or row.url.partition("://")[2].rstrip("/")[:NAME_LENGTH]
        try:
            return await self.add_resource(name=name, url=row.url)
        except Invalid as error:
            first = {problem.field: problem for problem in reversed(error.problems)}
            if "url" in first:
                first.pop("name", None)  # it was made from the address
            raise Invalid(
                *(replace(problem, field=f"resources.{row.number}.{field}") for field, problem in first.items())
            ) from error

    async def known(self, url: str) -> Resource | None:
        """What the library has under this address."""
        if not url:
            return None
        page = await self.list_resources(url, size=LOOKED_AT)
        return next((resource for resource, _ in page.items if resource.url == url), None)
