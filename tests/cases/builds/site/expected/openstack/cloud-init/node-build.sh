#!/bin/bash
# node-build FOLDER [COMMAND]: in the current folder, installs the packages of a Node.js application, builds it in FOLDER,
# and removes the packages that only the build needs. Without COMMAND, package.json has the build, if there is one.
# `build` runs this as the user camp-build.
set -euo pipefail
home=$PWD/$1
command=${2:-}
say() { echo "camp build: $*"; }

# of FILE CODE: the value of an expression about the package.json p
of() {
  if [ ! -e "$1" ]; then return; fi
  node --print "const p = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8').replace('\ufeff', '')); $2" "$1"
}

# get PACKAGE: the program of an npm package
get() { npm install --global --prefix "$HOME/tools" --no-audit --no-fund --loglevel=error "$1"; }

if [ ! -e package.json ]; then cd "$home"; fi
named=$(of package.json "p.packageManager || ''")
manager=${named%%@*}
version=${named#*@}
version=${version%%+*}
if [ ! "$named" ]; then
  manager=npm
  if [ -e pnpm-lock.yaml ]; then manager=pnpm; elif [ -e yarn.lock ]; then manager=yarn; fi
fi
case $manager in
  npm) ;;
  pnpm)
    if [ ! "$version" ]; then # the major release that wrote the lock file
      version=10
      if grep -qs "^lockfileVersion: '\?5" pnpm-lock.yaml; then version=7; fi
      if grep -qs "^lockfileVersion: '\?6" pnpm-lock.yaml; then version=8; fi
    fi
    get "pnpm@$version"
    ;;
  yarn)
    if [ ! "$version" ] && grep -qs "^__metadata:" yarn.lock; then version=4; fi
    version=${version:-1}
    if [ "${version%%.*}" = 1 ]; then
      manager=yarn1
      get "yarn@$version"
    else
      export YARN_NODE_LINKER=node-modules YARN_ENABLE_TELEMETRY=0
      get "@yarnpkg/cli-dist@$version"
    fi
    ;;
  *)
    say "package.json names the package manager $manager. npm, pnpm and yarn are supported"
    exit 1
    ;;
esac
PATH=$HOME/tools/bin:$PATH

# packages [OPTION...]: installs the packages, as the lock file has them if there is one
packages() {
  say "installing the packages with $manager"
  case $manager in
    npm)
      if [ -e package-lock.json ] || [ -e npm-shrinkwrap.json ]; then set -- ci "$@"; else set -- install --no-package-lock "$@"; fi
      npm "$@" --no-audit --no-fund --loglevel=error
      ;;
    pnpm) CI=true pnpm install "$@" --reporter=append-only --loglevel=warn ;;
    yarn1)
      if [ -e yarn.lock ]; then set -- --frozen-lockfile "$@"; else set -- --pure-lockfile "$@"; fi
      yarn install --silent --non-interactive "$@"
      ;;
    yarn) if [ -e yarn.lock ]; then yarn install --immutable; else YARN_ENABLE_IMMUTABLE_INSTALLS=false yarn install; fi ;;
  esac
}

# prune: removes the packages that only the build needs
prune() {
  say "removing the packages that only the build needs"
  case $manager in
    npm) npm prune --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error ;;
    pnpm) packages --prod --offline --ignore-scripts --config.modules-cache-max-age=0 ;; # or they stay for a week
    yarn1) packages --production --ignore-scripts --prefer-offline ;;
    yarn)
      if [ "${version%%.*}" -ge 4 ]; then
        YARN_ENABLE_SCRIPTS=false yarn workspaces focus --all --production
      else
        say "yarn $version cannot remove packages: they stay"
      fi
      ;;
  esac
}

if [ ! "$command" ]; then
  for name in build heroku-postbuild; do
    if [ "$(of "$home/package.json" "typeof (p.scripts || {})['$name']")" = string ]; then command="${manager%1} run $name"; fi
  done
fi
if [ ! "$command" ]; then
  case $manager in
    npm) packages --omit=dev ;;
    pnpm) packages --prod ;;
    yarn1) packages --production ;;
    yarn) packages && prune ;;
  esac
  exit
fi
if [ -e package.json ]; then packages; fi
say "building: $command"
(cd "$home" && NODE_ENV=production PATH=$home/node_modules/.bin:$PWD/node_modules/.bin:$PATH /bin/bash -e -c "$command")
if [ -e package.json ]; then prune; fi
