# Server and worker in one image: `docker build -t tarkka .`, then see compose.yaml and docs/deploying.md.
FROM python:3.11-slim-bookworm AS built
WORKDIR /opt/tarkka
RUN python -m venv .venv
ENV PATH=/opt/tarkka/.venv/bin:$PATH
COPY requirements.txt requirements-team.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check -r requirements-team.txt
COPY app.py ./
COPY review review
COPY templates templates
COPY static static
COPY corpora corpora
# The default language model, whose files are pinned by hash.
ENV TARKKA_MODEL_DIR=/opt/tarkka/models
RUN python -m review models enable smollm2

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --home-dir /var/lib/tarkka --create-home --shell /usr/sbin/nologin tarkka
WORKDIR /opt/tarkka
COPY --from=built /opt/tarkka /opt/tarkka
ENV PATH=/opt/tarkka/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    TARKKA_INSTANCE=/var/lib/tarkka \
    TARKKA_MODEL_DIR=/opt/tarkka/models
USER 10001:10001
VOLUME /var/lib/tarkka
EXPOSE 5000
HEALTHCHECK --interval=30s --timeout=15s --start-period=60s \
    CMD ["python", "-m", "review", "health", "--url", "http://127.0.0.1:5000/healthz"]
ENTRYPOINT ["python", "-m", "review"]
CMD ["serve", "--host", "0.0.0.0", "--port", "5000"]
