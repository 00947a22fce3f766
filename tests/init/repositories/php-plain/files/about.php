<?php

echo "About";
