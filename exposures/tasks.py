"""What the worker does with rows in bulk. The queue carries a job's number, so that losing it loses nothing."""

from celery import shared_task

from exposures.domain.bulk import bell, jobs


@shared_task(name=bell.TASK)
def bulk(job_id: int) -> bool:
    return jobs.run(job_id)


@shared_task(name="exposures.bulk_sweep")
def sweep() -> list[int]:
    """Finds jobs that nobody works on: new ones, or left behind by a worker that died; rings for each."""
    found = jobs.to_ring()
    for job_id in found:
        bell.ring(job_id)
    return found
