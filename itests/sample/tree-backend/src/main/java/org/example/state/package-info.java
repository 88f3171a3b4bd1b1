/** A state backend in a sorted map. */
package org.example.state;
