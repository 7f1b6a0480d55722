FROM python:3.13-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY requirements/runtime.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/runtime.txt
COPY . .
# The image is the environment: `manage.py` must not make another one in it.
ENV HEDGEBOOK_ENVIRONMENT_READY=1 HEDGEBOOK_STATE_DIR=/tmp/hedgebook PYTHONUNBUFFERED=1
USER 65534
