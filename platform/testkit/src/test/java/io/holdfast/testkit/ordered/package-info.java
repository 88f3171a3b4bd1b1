/** The toolkit's backend over ordered bytes keeps the contracts, over the simplest store. */
package io.holdfast.testkit.ordered;
