# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""lit's shell tests, where passing with something on stderr is failing."""

import lit.Test
import lit.formats


class StrictTest(lit.formats.ShTest):
    def execute(self, test, config):
        result = super().execute(test, config)
        if result.code == lit.Test.PASS and "command stderr" in result.output:
            result.code = lit.Test.FAIL
            result.output += "\nstray output on stderr, see above\n"
        return result
