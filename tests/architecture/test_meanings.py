"""What an entry of a register can stand for is what the later processes know."""

from kursvis.admissions.rules import ReturnReason
from kursvis.catalogue.rules.offer import StudyForm
from kursvis.organisation.rules.registers import MEANINGS, Register


def test_study_forms_and_return_reasons_mean_what_the_processes_act_on() -> None:
    assert MEANINGS[Register.STUDY_FORM] == tuple(form.value for form in StudyForm)
    assert MEANINGS[Register.RETURN_REASON] == tuple(reason.value for reason in ReturnReason)
