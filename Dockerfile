# syntax=docker/dockerfile:1
# docker build -t fortnight . && docker run -p 127.0.0.1:3000:3000 -v fortnight:/data fortnight
# compose.yaml has more: PostgreSQL, and HTTPS.

FROM node:24-bookworm-slim AS build
WORKDIR /fortnight
COPY . .
# Installs what a server needs, without the tools for tests, and builds the site. With a key of your own, forms that are
# open during an update still work: --secret id=actions_key,env=NEXT_SERVER_ACTIONS_ENCRYPTION_KEY
RUN --mount=type=cache,target=/root/.npm \
    --mount=type=secret,id=actions_key,env=NEXT_SERVER_ACTIONS_ENCRYPTION_KEY \
    node scripts/bootstrap.mjs --build
# Removes what only the build needed, and the key, which the built site already contains.
RUN rm -rf .next/cache data

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /fortnight
COPY --from=build /fortnight .
# This user may write to the data folder, but not to the program.
RUN install -d -o node -g node -m 700 /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/v1/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "server/start.mjs"]
