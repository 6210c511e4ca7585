"""What data files hold, where that isn't a record itself."""

from pydantic import BaseModel, ConfigDict


class Output(BaseModel):
    """A file, or a part of one."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, validate_by_name=True)
