"""The ids of the bulk jobs that there are."""

import service

answer([job["JobId"] for job in service.client(input["url"]).list_media_analysis_jobs()["MediaAnalysisJobs"]])
