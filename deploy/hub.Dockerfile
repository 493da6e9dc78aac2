# Students' servers on Kubernetes (docs/hub.md), made from a release, which holds no solutions. In the
# folder that `npx course release` wrote:
#   docker build --file deploy/hub.Dockerfile --tag foundation-models .
FROM node:22-bookworm-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates procps python3 python3-venv \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/course
COPY . .
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force
RUN npx course setup hub
# all may read the course, nobody may write it
RUN find . -not -type l \( -not -perm -a=r -or -perm /go=w \) -exec chmod a+rX,go-w {} +
RUN usermod --login jovyan --home /home/jovyan --move-home node
ENV COURSE_ROOT=/opt/course
ENV COURSE_PERSONAL=/home/jovyan/foundation-models
ENV PATH=/opt/course/node_modules/.bin:$PATH
USER 1000
WORKDIR /home/jovyan
CMD ["course", "doctor"]
