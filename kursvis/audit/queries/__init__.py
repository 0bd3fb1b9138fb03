"""Reading the log. Pages that name people from it stand in portal.

Who shows a `detail` sees to it that nobody reads personal values there who may not open the
student; a protected person's only after `people.services.opened`.
"""

from kursvis.audit.queries.chain import Head, head
from kursvis.audit.queries.reading import about, about_student
from kursvis.audit.queries.states import as_on, right_after

__all__ = ["Head", "about", "about_student", "as_on", "head", "right_after"]
