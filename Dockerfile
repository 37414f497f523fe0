# kgplan as a service on a CPU: built in one stage, run by an ordinary user in another.
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/kgplan
COPY constraints.txt .
# A CPU build of torch comes from pip's own settings (docs/install.md); these arguments pass them in.
ARG PIP_FIND_LINKS=
ARG PIP_EXTRA_INDEX_URL=
RUN /opt/kgplan/bin/pip install --no-cache-dir -c constraints.txt pip setuptools \
 && /opt/kgplan/bin/pip install --no-cache-dir -c constraints.txt torch
COPY . .
RUN /opt/kgplan/bin/pip install --no-cache-dir -c constraints.txt .

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin kgplan
COPY --from=build /opt/kgplan /opt/kgplan
ENV PATH=/opt/kgplan/bin:$PATH \
    OMP_NUM_THREADS=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp
USER 10001
WORKDIR /tmp
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/ready', timeout=4)"]
ENTRYPOINT ["kgplan"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--log"]
