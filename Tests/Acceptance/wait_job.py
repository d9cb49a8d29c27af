"""Waits until the job `more.job` has ended."""

import jobs
import service

answer(jobs.ended(service.client(input["url"]), input["more"]["job"], input["buckets"]))
