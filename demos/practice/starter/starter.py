"""TITLE

HOW_TO_RUN
"""
import json
import math
import sys
import traceback


def FUNCTION(ARGUMENTS):
    """
    TASK

    SHAPES
    """
STEPS_TOLD    raise NotImplementedError("YOUR_TURN")


# PROTOCOL_BELOW

def numbers(x):
    """-inf, inf -> float."""
    if isinstance(x, list):
        return [numbers(y) for y in x]
    return float(x) if isinstance(x, str) else x


def written(x):
    """float('-inf') -> "-inf"; numpy -> list."""
    if hasattr(x, "tolist"):
        x = x.tolist()
    if isinstance(x, dict):
        return {name: written(y) for name, y in x.items()}
    if isinstance(x, (list, tuple)):
        return [written(y) for y in x]
    if isinstance(x, float) and not math.isfinite(x):
        return str(x)
    return x


steps = {}
for line in sys.stdin:
    request = json.loads(line)
    steps.clear()
    given = request["input"]
    reply = {"id": request["id"]}
    try:
        reply["output"] = written(FUNCTION(PASSED))
    except Exception as error:
        traceback.print_exc()
        reply["error"] = f"{type(error).__name__}: {error}"
    if steps:
        reply["steps"] = written(steps)
    print(json.dumps(reply), flush=True)
